// SPDX-License-Identifier: MIT
// How much of the disk a run takes, where no file system of its own bounds it (rung C).
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/pid.h"
#include "base/units.h"

namespace plumbline::sandbox {

// As many as the file systems of A and B hold (mounts.cc).
inline constexpr uint64_t kMostFiles = 16'384;

// Room on a file system: bytes in blocks, and files of any kind.
struct Room {
  uint64_t bytes = 0;
  uint64_t files = 0;
};

// What lies below `folder`, and what `processes` have open there that has no name any more. Follows
// no link and does not leave the file system. Where it cannot look (a folder closed to this
// account, or deeper than 4096): `hidden`.
struct DiskTaken {
  Room room;
  bool hidden = false;
};
DiskTaken DiskTakenBelow(const std::string& folder, std::span<const HostPid> processes);

// Whether what is added to a folder stays within bounds. To ask costs a statvfs(3): it looks
// through the folder only when the file system has lost as much as would matter since it last did,
// and now and then, since others may give room back.
class DiskUse {
 public:
  DiskUse(std::string folder, Room most);
  bool IsExceeded(std::span<const HostPid> processes);
  // The same, by a look in any case.
  bool Look(std::span<const HostPid> processes);

 private:
  Room Free() const;

  std::string folder_;
  Room most_;      // with what was there at first
  Room at_first_;  // free
  Room at_look_;   // free
  Room taken_;     // then
  int since_ = 0;  // asked without a look
};

}  // namespace plumbline::sandbox
