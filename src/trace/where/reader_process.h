// SPDX-License-Identifier: MIT
// The process of a Reader, and what is said to it: a request is numbers (sandbox/wire.h), an answer
// too, and never longer than one message.
#pragma once

#include <cstddef>

#include "base/unique_fd.h"
#include "record/event.h"
#include "sandbox/wire.h"
#include "trace/where/elf_file.h"
#include "trace/where/row.h"

namespace plumbline::trace::where {

enum class ReaderRequest : int {
  kOutline,
  kRow,        // address
  kLocations,  // places; the answer has as many as one message holds
  kWatched,
};
// Answers begin with how many of what was asked for follow.
constexpr size_t kMostAnswer = 32 << 10;
constexpr size_t kMostPlaces = 1024;  // of a request

void Pack(sandbox::Packer& to, const Outline& outline);
void Pack(sandbox::Packer& to, const RowRange& range);
void Pack(sandbox::Packer& to, const record::Location& location);
void Pack(sandbox::Packer& to, const Watched& watched);
// The process may have been taken over by what it read: what it says is taken for nothing more than
// it can be. False: it can't.
bool Unpack(sandbox::Unpacker& from, Outline& outline);
bool Unpack(sandbox::Unpacker& from, RowRange& range);
bool Unpack(sandbox::Unpacker& from, record::Location& location);
bool Unpack(sandbox::Unpacker& from, Watched& watched);

// Runs in the new process until the supervisor ends: gives up its identity and all rights, bounds
// its memory and its processor time, forbids itself every call that it does not need (seccomp(2)),
// and answers.
[[noreturn]] void RunReader(UniqueFd socket, int file);

}  // namespace plumbline::trace::where
