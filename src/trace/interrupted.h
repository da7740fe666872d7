// SPDX-License-Identifier: MIT
// In-kernel results that no program sees (include/linux/errno.h): a signal cut the call, which is
// made again, or ends in EINTR if a handler ran.
#pragma once

#include <cstdint>

namespace plumbline::trace {

constexpr int64_t kRestartSys = -512;          // again, unless a handler without SA_RESTART ran
constexpr int64_t kRestartNoInterrupt = -513;  // again in any case
constexpr int64_t kRestartNoHandler = -514;    // again, unless a handler ran
constexpr int64_t kRestartBlock = -516;        // the same, as restart_syscall(2)

constexpr bool IsInterrupted(int64_t result) {
  return result == kRestartSys || result == kRestartNoInterrupt || result == kRestartNoHandler ||
         result == kRestartBlock;
}

}  // namespace plumbline::trace
