// SPDX-License-Identifier: MIT
#include "trace/where/bash.h"

#include <sys/uio.h>

#include <array>
#include <cstring>
#include <string>
#include <utility>

#include "trace/ptrace.h"
#include "trace/where/lines.h"

namespace plumbline::trace::where {
namespace {

constexpr size_t kMostBuckets = 4096;
constexpr int kMostInBucket = 256;

uint64_t Pointer(HostPid task, uint64_t address) {
  return address == 0 ? 0 : ReadValue<uint64_t>(task, address).value_or(0);
}

// The shell's variables at one instant, by one look.
struct Variables {
  int32_t line = 0;
  int32_t executing = 0;
  int32_t builtin = 0;
  int32_t in_text = 0;
  int32_t in_function = 0;
  uint64_t function = 0;
  uint64_t definitions = 0;
  uint64_t script = 0;
};

std::optional<Variables> ReadVariables(HostPid task, const BashSymbols& at) {
  Variables found;
  const auto here = [](auto& value) { return iovec{&value, sizeof value}; };
  const auto there = [](uint64_t address, const auto& value) {
    return iovec{reinterpret_cast<void*>(address), sizeof value};
  };
  const std::array local{here(found.line),        here(found.executing),   here(found.builtin),
                         here(found.in_text),     here(found.in_function), here(found.function),
                         here(found.definitions), here(found.script)};
  const std::array remote{there(at.line, found.line),
                          there(at.executing, found.executing),
                          there(at.builtin, found.builtin),
                          there(at.in_text, found.in_text),
                          there(at.in_function, found.in_function),
                          there(at.function, found.function),
                          there(at.definitions, found.definitions),
                          there(at.script, found.script)};
  ssize_t size = 0;
  for (const iovec& part : local) size += static_cast<ssize_t>(part.iov_len);
  const ssize_t count =
      ::process_vm_readv(task.value, local.data(), local.size(), remote.data(), remote.size(), 0);
  return count == size ? std::optional(found) : std::nullopt;
}

// HASH_TABLE and BUCKET_CONTENTS (hashlib.h).
struct HashTable {
  uint64_t buckets;
  int32_t count;
  int32_t entries;
};
struct Bucket {
  uint64_t next;
  uint64_t key;
  uint64_t value;
};

// The value of a key; 0: there is none.
uint64_t Lookup(HostPid task, uint64_t address, const std::string& key) {
  const auto table = ReadValue<HashTable>(task, address);
  if (!table || table->count <= 0 || static_cast<size_t>(table->count) > kMostBuckets) return 0;
  const std::string buckets =
      ReadMemory(task, table->buckets, static_cast<size_t>(table->count) * sizeof(uint64_t));
  for (size_t at = 0; at + sizeof(uint64_t) <= buckets.size(); at += sizeof(uint64_t)) {
    uint64_t next = 0;
    std::memcpy(&next, buckets.data() + at, sizeof next);
    for (int count = 0; next != 0 && count < kMostInBucket; ++count) {
      const auto bucket = ReadValue<Bucket>(task, next);
      if (!bucket) return 0;
      if (ReadString(task, bucket->key) == key) return bucket->value;
      next = bucket->next;
    }
  }
  return 0;
}

// FUNCTION_DEF.source_file (command.h), after two numbers and two pointers.
constexpr uint64_t kSourceFile = 24;

}  // namespace

BashState BashAt(HostPid task, const BashSymbols& symbols) {
  const auto found = ReadVariables(task, symbols);
  if (!found || found->executing == 0) return {};
  BashState state{.in_builtin = found->builtin > 0, .in_text = found->in_text > 0};
  if (state.in_text || found->line <= 0) return state;
  record::Location location{.line = found->line};
  uint64_t script = found->script;
  if (found->in_function > 0) {
    // Its name is the first of a SHELL_VAR's fields (variables.h).
    location.function = ReadString(task, Pointer(task, found->function));
    // A function may come from another file than the one that calls it.
    const uint64_t definition =
        found->definitions == 0 ? 0 : Lookup(task, found->definitions, location.function);
    script = definition == 0 ? 0 : Pointer(task, definition + kSourceFile);
  }
  const auto name = script == 0 ? std::nullopt : SourceName(ReadString(task, script), "/lab");
  if (!name) return state;
  location.file = *name;
  state.location = std::move(location);
  return state;
}

}  // namespace plumbline::trace::where
