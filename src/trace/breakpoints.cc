// SPDX-License-Identifier: MIT
#include "trace/breakpoints.h"

#include "trace/ptrace.h"

namespace plumbline::trace {
namespace {

constexpr uint8_t kInt3 = 0xcc;

}  // namespace

void Breakpoints::Put(HostPid task, uint64_t address) {
  if (put_.contains(address)) return;
  if (const auto before = ExchangeCode(task, address, kInt3)) put_.emplace(address, *before);
}

void Breakpoints::Remove(HostPid task, uint64_t address) {
  const auto found = put_.find(address);
  if (found == put_.end()) return;
  ExchangeCode(task, address, found->second);
  were_.insert(put_.extract(found));
}

void Breakpoints::RemoveAll(HostPid task) {
  for (const auto& [address, before] : put_) ExchangeCode(task, address, before);
  were_.merge(put_);
  put_.clear();
}

void Breakpoints::Lift(HostPid task, uint64_t address) {
  const auto found = put_.find(address);
  if (found != put_.end()) ExchangeCode(task, address, found->second);
}

void Breakpoints::PutBack(HostPid task, uint64_t address) {
  if (put_.contains(address)) ExchangeCode(task, address, kInt3);
}

}  // namespace plumbline::trace
