// SPDX-License-Identifier: MIT
// Which socket is the other end of a UNIX socket. No /proc file says it; the kernel's socket
// diagnosis does (sock_diag(7), UNIX_DIAG_PEER).
#pragma once

#include <cstdint>
#include <optional>

#include "base/error.h"
#include "base/unique_fd.h"
#include "sandbox/sandbox.h"

namespace plumbline::scenario {

class UnixEnds {
 public:
  static Result<UnixEnds> Open(sandbox::Sandbox& box);

  // By inode. Nothing if it was closed, if nobody has accepted it yet, or if this kernel has no
  // diagnosis of UNIX sockets (CONFIG_UNIX_DIAG).
  std::optional<uint64_t> OtherEndOf(int socket) const;

 private:
  explicit UnixEnds(UniqueFd diagnosis) : diagnosis_(std::move(diagnosis)) {}

  UniqueFd diagnosis_;
};

}  // namespace plumbline::scenario
