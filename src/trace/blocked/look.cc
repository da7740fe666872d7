// SPDX-License-Identifier: MIT
#include "trace/blocked/look.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/io.h"
#include "base/text.h"
#include "base/words.h"
#include "trace/proc.h"

namespace plumbline::trace {
namespace {

using Text = std::array<char, 512>;

std::string_view Pread(const UniqueFd& fd, Text& buffer) {
  const ssize_t count = ::pread(fd.get(), buffer.data(), buffer.size() - 1, 0);
  const auto size = static_cast<size_t>(count > 0 ? count : 0);
  buffer[size] = '\0';
  return {buffer.data(), size};
}

UniqueFd OpenProc(HostPid task, const std::string& name) {
  const std::string path = "/proc/" + std::to_string(task.value) + "/" + name;
  return UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

}  // namespace

// "running", or "-1 SP PC" outside of calls, or "NUMBER ARGUMENTS SP PC".
Place PlaceOf(Task& task) {
  if (!task.proc_syscall) task.proc_syscall = OpenProc(task.host, "syscall");
  Text buffer;
  const std::string_view text = Pread(task.proc_syscall, buffer);
  if (text.empty() || text[0] == 'r') return {};
  if (text[0] == '-') return {.runs = false, .call = {}};
  Entry entry;
  char* at = buffer.data();
  entry.number = static_cast<int>(std::strtol(at, &at, 10));
  for (uint64_t& argument : entry.args) argument = std::strtoull(at, &at, 16);
  entry.stack = std::strtoull(at, &at, 16);
  entry.instruction = std::strtoull(at, &at, 16);
  return {.runs = false, .call = entry};
}

// Below task/ the file tells of one thread, which costs less than the sums of all.
char StateOf(Task& task) {
  if (!task.proc_stat)
    task.proc_stat = OpenProc(task.host, "task/" + std::to_string(task.host.value) + "/stat");
  Text buffer;
  return StateIn(Pread(task.proc_stat, buffer));
}

namespace {

// The third number of schedstat; 0: none is counted (CONFIG_SCHED_INFO, and then CONFIG_SCHEDSTATS
// or the sysctl kernel.task_delayacct), for whoever exists was given a processor.
uint64_t LastNumber(std::string_view text) {
  const size_t last = text.rfind(' ');
  return last == std::string_view::npos ? 0 : LeadingNumber<uint64_t>(text.substr(last + 1));
}

bool& Counting() {
  static bool counts = LastNumber(ReadProc("/proc/thread-self/schedstat")) > 0;
  return counts;
}

}  // namespace

bool CountsRuns() { return Counting(); }

void CountSwitches() { Counting() = false; }

uint64_t RunCount(Task& task) {
  if (!CountsRuns()) return SwitchesOf(task.host);
  if (!task.proc_schedstat) task.proc_schedstat = OpenProc(task.host, "schedstat");
  Text buffer;
  return LastNumber(Pread(task.proc_schedstat, buffer));
}

std::string BytesMoved(HostPid process) {
  const std::string path = "/proc/" + std::to_string(process.value) + "/io";
  const std::string text = ReadProc(path.c_str());
  std::string moved;
  for (const std::string_view line : Lines(text)) {
    if (line.starts_with("rchar:") || line.starts_with("wchar:")) moved += line;
  }
  return moved;
}

bool IsStopped(const Task& task) {
  using enum Task::State;
  return task.state == kHeld || task.state == kAsking || task.state == kGroupStop;
}

}  // namespace plumbline::trace
