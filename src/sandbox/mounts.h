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

// A root is made in two steps, and entered between them or after them.

// First what all sandboxes have in common, at the working directory from then on:
//   /usr and what belongs to it, read-only, from this machine; /etc, generated; /dev, the harmless
//   part; mount points
// REQUIRES: first thing in a fresh mount namespace, with its capabilities.
Status BuildCommonRoot();

struct Root {
  // /program, writable, for init alone: programs see the same files through a read-only mount.
  UniqueFd program;
};
// Then what is each one's own:
//   /proc, of this PID namespace; /dev/pts and /dev/mqueue; /program, read-only; /lab /tmp
//   /dev/shm, writable and bounded
// REQUIRES: the working directory is the common root, in mount, PID and IPC namespaces of its own.
Result<Root> MountOwn(const std::vector<std::string>& hidden_paths);

// Makes the working directory the root, read-only, and takes the old one away.
Status EnterRoot();

// How much the writable file systems hold together.
Status LimitDisk(Bytes size);

}  // namespace plumbline::sandbox
