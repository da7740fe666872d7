// SPDX-License-Identifier: MIT
// Mounts (mount_namespaces(7)): the private root. All of it happens in a mount namespace of its
// own.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "base/units.h"

namespace plumbline::sandbox {

struct Root {
  // /program, writable, for init alone: programs see the same files through a read-only mount.
  UniqueFd program;
};

// Makes the root file system and enters it:
//   /usr and what belongs to it, read-only, from this machine; /etc, generated; /dev, the harmless
//   part; /proc, of this PID namespace; /program, read-only; /lab /tmp /dev/shm, writable and
//   bounded
// REQUIRES: first thing in a fresh mount and PID namespace, with its capabilities.
Result<Root> BuildRoot(const std::vector<std::string>& hidden_paths);

// How much the writable file systems hold together.
Status LimitDisk(Bytes size);

}  // namespace plumbline::sandbox
