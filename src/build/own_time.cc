// SPDX-License-Identifier: MIT
#include "build/own_time.h"

#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/io.h"
#include "base/processor.h"
#include "base/words.h"
#include "build/memory.h"

namespace plumbline::build {
namespace {

// What a process has used, and those of its children that it has waited for: proc_pid_stat(5),
// utime, stime, cutime and cstime, the 14th to 17th field; the second is a name in brackets.
Duration UsedBy(HostPid process) {
  const std::string text = ReadProc(("/proc/" + std::to_string(process.value) + "/stat").c_str());
  const auto words = WordsOf(std::string_view(text).substr(text.rfind(')') + 1));
  if (words.size() < 15) return {};
  int64_t ticks = 0;
  for (size_t i = 11; i < 15; ++i) ticks += LeadingNumber<int64_t>(words[i]);
  static const long per_second = ::sysconf(_SC_CLK_TCK);
  return std::chrono::nanoseconds(std::chrono::seconds(1)) * ticks / per_second;
}

}  // namespace

Duration OwnTime::Look(const sandbox::Sandbox& box) {
  std::map<int, Duration> now;
  Duration longest{};
  Duration used = UsedBy(box.init());  // of those that it has buried
  for (const HostPid process : ProcessesIn(box)) {
    const Duration waited = WaitedForProcessor(process);
    const auto known = known_.find(process.value);
    const Duration before = known == known_.end() ? Duration{} : known->second;
    longest = std::max(longest, waited - before);
    now[process.value] = waited;
    used += UsedBy(process);
  }
  known_ = std::move(now);
  const Duration real = std::chrono::steady_clock::now() - begin_;
  waited_ = std::min(waited_ + longest, real);
  return std::max(real - waited_, used / ProcessorsForUs());
}

}  // namespace plumbline::build
