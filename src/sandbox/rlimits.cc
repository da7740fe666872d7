// SPDX-License-Identifier: MIT
#include "sandbox/rlimits.h"

#include <sys/resource.h>

#include <algorithm>

namespace plumbline::sandbox {
namespace {

// Right programs reserve far more than they touch (thread stacks, an interpreter's arenas): where
// nothing says otherwise this only stops what is absurd.
constexpr Bytes kFarCeiling = MiB(16 << 10);

// Lower than asked where this account may not have so much.
bool Set(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) < 0) return false;
  limit.rlim_max = std::min(hard, limit.rlim_max);
  limit.rlim_cur = std::min(soft, limit.rlim_max);
  return ::setrlimit(resource, &limit) == 0;
}
bool Set(__rlimit_resource resource, rlim_t most) { return Set(resource, most, most); }

}  // namespace

bool ApplyResourceLimits(const Limits& limits, int processes_of_ours) {
  const Bytes address_space = limits.address_space.count == 0 ? kFarCeiling : limits.address_space;
  const auto seconds =
      static_cast<rlim_t>(std::chrono::ceil<std::chrono::seconds>(limits.cpu).count());
  const auto processes =
      static_cast<rlim_t>(limits.processes) + static_cast<rlim_t>(processes_of_ours);
  // Not 0: a pattern that pipes cores to a program of the machine's obeys 1 alone (core(5)).
  return Set(RLIMIT_CORE, 1) && Set(RLIMIT_FSIZE, limits.file.count) &&
         Set(RLIMIT_NOFILE, static_cast<rlim_t>(limits.descriptors)) &&
         // Counted per user namespace since Linux 5.14, so in this sandbox alone.
         Set(RLIMIT_NPROC, processes) &&
         // SIGXCPU first, SIGKILL a second later.
         Set(RLIMIT_CPU, seconds, seconds + 1) && Set(RLIMIT_AS, address_space.count) &&
         Set(RLIMIT_STACK, MiB(8).count, MiB(64).count) &&
         // Since Linux 5.14 these are counted for the account that made the sandbox too, and all
         // its sandboxes together may have what it may have: 8 MiB, 800 KiB and some 90,000
         // usually.
         Set(RLIMIT_MEMLOCK, KiB(64).count) && Set(RLIMIT_MSGQUEUE, KiB(400).count) &&
         Set(RLIMIT_SIGPENDING, 2048) && Set(RLIMIT_RTPRIO, 0) && Set(RLIMIT_NICE, 0);
}

}  // namespace plumbline::sandbox
