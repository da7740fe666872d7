// SPDX-License-Identifier: MIT
#include "trace/filter.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <iterator>

#include "trace/decode/table.h"

namespace plumbline::trace {
namespace {

using decode::Group;
using record::Facet;

bool Follows(Group group, const std::set<Facet>& observed) {
  switch (group) {
    case Group::kAlways:
      return true;
    case Group::kDescriptors:
      return observed.contains(Facet::kDescriptors) || observed.contains(Facet::kTransfers);
    case Group::kTransfers:
      return observed.contains(Facet::kTransfers);
    case Group::kFiles:
      return observed.contains(Facet::kFiles) || observed.contains(Facet::kFileContent);
    case Group::kMemory:
      return observed.contains(Facet::kMemory);
    case Group::kSignals:
      return observed.contains(Facet::kSignals);
  }
  return true;
}

// Of calls that do many things, only what is told stops.
std::vector<sandbox::TraceRule> RulesOf(int call) {
  if (call == SYS_mmap)
    return {{.call = call, .argument = 3, .mask = MAP_SHARED, .value = MAP_SHARED}};
  // An action that is only asked for changes nothing.
  if (call == SYS_rt_sigaction)
    return {{.call = call, .argument = 1, .mask = ~uint64_t{0}, .value = 0, .unless = true}};
  if (call == SYS_fcntl) {
    std::vector<sandbox::TraceRule> rules;
    for (const int command : {F_DUPFD, F_DUPFD_CLOEXEC, F_SETFD, F_SETFL, F_SETLK, F_SETLKW}) {
      rules.push_back({.call = call,
                       .argument = 1,
                       .mask = 0xffffffff,
                       .value = static_cast<uint64_t>(command)});
    }
    return rules;
  }
  return {{.call = call, .argument = {}, .mask = 0, .value = 0}};
}

// The end of a handler, and what is of no interest but for who makes it in one (handlers.cc).
constexpr int kOfHandlers[] = {SYS_rt_sigreturn, SYS_readlink,  SYS_readlinkat, SYS_newfstatat,
                               SYS_statx,        SYS_getrandom, SYS_uname};

}  // namespace

bool IsFollowed(const decode::Row& row, const std::set<Facet>& observed) {
  return Follows(row.group, observed);
}

std::vector<sandbox::TraceRule> RulesFor(const std::set<Facet>& observed,
                                         const std::set<int>& also) {
  std::set<int> calls = also;
  for (const decode::Row& row : decode::All()) {
    if (IsFollowed(row, observed)) calls.insert(row.call);
  }
  if (observed.contains(Facet::kHandlers))
    calls.insert(std::begin(kOfHandlers), std::end(kOfHandlers));
  std::vector<sandbox::TraceRule> rules;
  for (const int call : calls) {
    for (const sandbox::TraceRule& rule : RulesOf(call)) rules.push_back(rule);
  }
  return rules;
}

}  // namespace plumbline::trace
