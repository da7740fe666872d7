// SPDX-License-Identifier: MIT
#include "trace/blocked/rest.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trace/proc.h"

namespace plumbline::trace {
namespace {

// So much processor time without an effect is spinning (the exercise language, "At rest").
constexpr Duration kSpin = std::chrono::milliseconds(100);

std::string_view Pread(const UniqueFd& fd, std::array<char, 256>& buffer) {
  const ssize_t count = ::pread(fd.get(), buffer.data(), buffer.size(), 0);
  return {buffer.data(), static_cast<size_t>(count > 0 ? count : 0)};
}

UniqueFd OpenProc(HostPid task, const char* name) {
  const std::string path = "/proc/" + std::to_string(task.value) + "/" + name;
  return UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

// The third number of schedstat: how often the task was given a processor.
uint64_t RunCount(std::string_view schedstat) {
  uint64_t count = 0;
  const size_t last = schedstat.rfind(' ');
  if (last == std::string_view::npos) return 0;
  std::from_chars(schedstat.data() + last + 1, schedstat.data() + schedstat.size(), count);
  return count;
}

}  // namespace

// The kernel answers "running" unless the task is really off the run queue (it calls
// wait_task_inactive()): state S in /proc/TID/stat would not do, a task shows it shortly before it
// sleeps and rechecks what it waits for.
RestTest::Look RestTest::LookAt(Task& task, uint64_t& run_count) {
  if (task.state == Task::State::kHeld) {
    const bool must_handle = task.held_at_call && HasDeliverableSignal(task.host);
    return must_handle ? Look::kRuns : Look::kSleeps;
  }
  if (task.state == Task::State::kGroupStop) return Look::kSleeps;
  if (task.state == Task::State::kStarting || task.state == Task::State::kDead) return Look::kRuns;
  if (!task.proc_syscall) {
    task.proc_syscall = OpenProc(task.host, "syscall");
    task.proc_schedstat = OpenProc(task.host, "schedstat");
  }
  std::array<char, 256> buffer;
  run_count = RunCount(Pread(task.proc_schedstat, buffer));
  const std::string_view call = Pread(task.proc_syscall, buffer);
  if (!call.empty() && call[0] >= '0' && call[0] <= '9') return Look::kSleeps;
  return Spins(*task.process) ? Look::kSpins : Look::kRuns;
}

bool RestTest::Spins(const Process& process) {
  const Duration used = Tracer::ProcessorTimeOf(process);
  const auto [base, fresh] = processor_at_effect_.try_emplace(process.index, used);
  return used - base->second >= kSpin;
}

Rest RestTest::Probe() {
  ++probes_;
  if (effects_seen_ != tracer_.effects()) {
    effects_seen_ = tracer_.effects();
    processor_at_effect_.clear();
  }
  bool spinning = false;
  bool deadline = false;
  std::vector<std::pair<Task*, uint64_t>> counts;
  bool moving = false;
  for (const auto& [host, task] : tracer_.tasks()) {
    uint64_t count = 0;
    const Look look = LookAt(*task, count);
    if (look == Look::kRuns) moving = true;  // the others' spinning is still to be measured
    if (look == Look::kSpins) spinning = true;
    counts.emplace_back(task.get(), count);
  }
  if (moving) return Rest::kMoving;
  // A second look at all: if nobody was given a processor in between, there was an instant at which
  // all slept.
  for (const auto& [task, before] : counts) {
    uint64_t after = 0;
    const Look look = LookAt(*task, after);
    if (look == Look::kRuns) return Rest::kMoving;
    if (look == Look::kSleeps && after != before) return Rest::kMoving;
    if (look == Look::kSleeps && !deadline) deadline = HasDeadline(*task);
  }
  siginfo_t info{};
  const int waited = ::waitid(P_ALL, 0, &info, WEXITED | WSTOPPED | WNOWAIT | WNOHANG | __WALL);
  if (waited == 0 && info.si_pid != 0) return Rest::kMoving;
  if (network_.InFlight()) return Rest::kMoving;
  if (spinning) return Rest::kSpinning;
  return deadline ? Rest::kAsleep : Rest::kBlocked;
}

bool RestTest::HasDeadline(Task& task) {
  if (task.state == Task::State::kHeld || task.state == Task::State::kGroupStop) return false;
  const auto entry = BlockedIn(task);
  return entry && EndsByItself(task, *entry);
}

std::optional<Entry> BlockedIn(const Task& task) {
  const UniqueFd fd = OpenProc(task.host, "syscall");
  std::array<char, 256> buffer;
  const std::string text(Pread(fd, buffer));
  if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
  Entry entry;
  char* at = nullptr;
  entry.number = static_cast<int>(std::strtol(text.c_str(), &at, 10));
  for (uint64_t& argument : entry.args) argument = std::strtoull(at, &at, 16);
  entry.stack = std::strtoull(at, &at, 16);
  entry.instruction = std::strtoull(at, &at, 16);
  return entry;
}

bool EndsByItself(const Task& task, const Entry& entry) {
  const auto is_set = [](uint64_t pointer) { return pointer != 0; };
  const auto milliseconds = [](uint64_t value) { return static_cast<int32_t>(value) >= 0; };
  switch (entry.number) {
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
    case SYS_restart_syscall:
      return true;
    case SYS_poll:
      return milliseconds(entry.args[2]);
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return milliseconds(entry.args[3]);
    case SYS_ppoll:
      return is_set(entry.args[2]);
    case SYS_select:
    case SYS_pselect6:
      return is_set(entry.args[4]);
    case SYS_epoll_pwait2:
    case SYS_semtimedop:
      return is_set(entry.args[3]);
    case SYS_rt_sigtimedwait:
      return is_set(entry.args[2]);
    case SYS_mq_timedsend:
    case SYS_mq_timedreceive:
    case SYS_recvmmsg:
      return is_set(entry.args[4]);
    case SYS_futex: {
      const auto operation = entry.args[1] & FUTEX_CMD_MASK;
      const bool waits = operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET ||
                         operation == FUTEX_LOCK_PI;
      return waits && is_set(entry.args[3]);
    }
    default:
      (void)task;
      return false;
  }
}

}  // namespace plumbline::trace
