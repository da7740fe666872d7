// SPDX-License-Identifier: MIT
#include "cli/capacity.h"

#include <algorithm>
#include <limits>
#include <sstream>
#include <string>

#include "base/io.h"
#include "build/limits.h"
#include "sandbox/cgroup_place.h"

namespace plumbline::cli {
namespace {

constexpr Bytes kUnlimited{std::numeric_limits<uint64_t>::max()};

Bytes OfMachine() {
  std::istringstream lines(ReadProc("/proc/meminfo"));
  for (std::string key; lines >> key;) {
    uint64_t kibibytes = 0;
    if (key == "MemAvailable:" && lines >> kibibytes) return KiB(kibibytes);
  }
  return kUnlimited;
}

// "max" is no number, and no limit.
Bytes OfGroup() {
  const auto place = sandbox::FindCgroupPlace(ReadProc("/proc/self/cgroup"));
  if (!place) return kUnlimited;
  const std::string file = place->memory + (place->v2 ? "/memory.max" : "/memory.limit_in_bytes");
  std::istringstream text(ReadProc(file.c_str()));
  uint64_t bytes = 0;
  return text >> bytes ? Bytes{bytes} : kUnlimited;
}

}  // namespace

Bytes AvailableMemory() { return std::min(OfMachine(), OfGroup()); }

size_t JobsAtOnce(size_t processors, size_t each, Bytes available) {
  const uint64_t fit = available.count / 4 * 3 / build::Limits().sandbox.memory.count;
  return std::clamp<size_t>(fit, 1, processors * each);
}

}  // namespace plumbline::cli
