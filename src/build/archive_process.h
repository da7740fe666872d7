// SPDX-License-Identifier: MIT
// The process that reads an archive, and what it says: a message (sandbox/wire.h) for each entry of
// it and, of files, for each piece of their content; at the end one of the end.
#pragma once

#include <sys/resource.h>

#include <cstddef>

#include "base/unique_fd.h"
#include "base/units.h"

namespace plumbline::build {

enum class ArchiveSays : int {
  kFile,     // name, 1 if it may be executed, when it was changed: a file begins
  kContent,  // bytes: more of it
  kFolder,   // name
  kLink,     // name: symbolic or hard
  kOther,    // name: a device, a FIFO, a socket
  kLocked,   // name: behind a password
  kDamaged,  // what libarchive says
  kEnd,
};
constexpr size_t kMostPiece = 48 << 10;

struct ArchiveBounds {
  rlim_t processor_seconds = 0;
  Bytes most_of_file;  // so much of each is told, the rest is skipped
};

// Runs in the new process: confines itself, reads the archive that is open there, tells of it, and
// ends.
[[noreturn]] void RunArchiveReader(UniqueFd socket, UniqueFd archive, const ArchiveBounds& bounds);

}  // namespace plumbline::build
