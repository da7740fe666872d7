// SPDX-License-Identifier: MIT
#include "base/processor.h"

#include <sched.h>

#include <algorithm>
#include <string>

#include "base/io.h"
#include "base/words.h"

namespace plumbline {
namespace {

// "processor time, time waited, times": both in nanoseconds.
Duration OfSchedule(HostPid task, size_t field) {
  const std::string text = ReadProc(("/proc/" + std::to_string(task.value) + "/schedstat").c_str());
  const auto words = WordsOf(text);
  return words.size() <= field ? Duration{}
                               : std::chrono::nanoseconds(LeadingNumber<int64_t>(words[field]));
}

}  // namespace

Duration HadProcessor(HostPid task) { return OfSchedule(task, 0); }

Duration WaitedForProcessor(HostPid task) { return OfSchedule(task, 1); }

int ProcessorsForUs() {
  cpu_set_t set;
  return ::sched_getaffinity(0, sizeof(set), &set) == 0 ? std::max(CPU_COUNT(&set), 1) : 1;
}

}  // namespace plumbline
