// SPDX-License-Identifier: MIT
#include "trace/blocked/rest.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trace/decode/table.h"
#include "trace/proc.h"

namespace plumbline::trace {
namespace {

// So much processor time without an effect is spinning (the exercise language, "At rest").
constexpr Duration kSpin = std::chrono::milliseconds(100);

using Text = std::array<char, 512>;

std::string_view Pread(const UniqueFd& fd, Text& buffer) {
  const ssize_t count = ::pread(fd.get(), buffer.data(), buffer.size(), 0);
  return {buffer.data(), static_cast<size_t>(count > 0 ? count : 0)};
}

UniqueFd OpenProc(HostPid task, const std::string& name) {
  const std::string path = "/proc/" + std::to_string(task.value) + "/" + name;
  return UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

void OpenFiles(Task& task) {
  if (task.proc_syscall) return;
  task.proc_syscall = OpenProc(task.host, "syscall");
  task.proc_schedstat = OpenProc(task.host, "schedstat");
  // Below task/ it tells of one thread, which costs less than the sums of all.
  task.proc_stat = OpenProc(task.host, "task/" + std::to_string(task.host.value) + "/stat");
}

// How often the task was given a processor: the third number of schedstat. Kernels without it
// (CONFIG_SCHED_INFO) count how often it was taken away, which serves as well.
uint64_t RunCount(Task& task) {
  Text buffer;
  const std::string_view text = Pread(task.proc_schedstat, buffer);
  uint64_t count = 0;
  const size_t last = text.rfind(' ');
  if (last == std::string_view::npos) return SwitchesOf(task.host);
  std::from_chars(text.data() + last + 1, text.data() + text.size(), count);
  return count;
}

char StateOf(Task& task) {
  Text buffer;
  return StateIn(Pread(task.proc_stat, buffer));
}

bool IsNumber(char c) { return c >= '0' && c <= '9'; }

// /proc/PID/syscall: "running", or "-1 SP PC" outside of calls, or "NUMBER ARGUMENTS SP PC".
std::optional<Entry> EntryIn(std::string_view text) {
  if (text.empty() || !IsNumber(text[0])) return std::nullopt;
  Entry entry;
  const std::string copy(text);
  char* at = nullptr;
  entry.number = static_cast<int>(std::strtol(copy.c_str(), &at, 10));
  for (uint64_t& argument : entry.args) argument = std::strtoull(at, &at, 16);
  entry.stack = std::strtoull(at, &at, 16);
  entry.instruction = std::strtoull(at, &at, 16);
  return entry;
}

// By us or by a signal.
bool IsStopped(const Task& task) {
  return task.state == Task::State::kHeld || task.state == Task::State::kGroupStop;
}

// The parent of a vfork(2) waits in a state that is no sleep otherwise.
bool WaitsForVfork(const Task& task, const Entry& entry) {
  return task.in_vfork && (entry.number == SYS_vfork || entry.number == SYS_clone);
}

}  // namespace

// --- One task.

// Whether it is worth while to look more closely.
RestTest::Look RestTest::Glance(Task& task) {
  if (task.state == Task::State::kStarting) return Look::kRuns;
  OpenFiles(task);
  Text buffer;
  const std::string_view call = Pread(task.proc_syscall, buffer);
  if (IsStopped(task)) {
    // Off the processor, in a call or not; SIGCONT or SIGKILL may just have set it going.
    const bool stays = !call.empty() && call[0] != 'r' && !tracer_.MustHandleSignal(task);
    return stays ? Look::kSleeps : Look::kRuns;
  }
  if (!call.empty() && IsNumber(call[0])) return Look::kSleeps;
  // The first thread of a process stays as a zombie until the others have ended.
  if (task.leaves && StateOf(task) == 'Z') return Look::kSleeps;
  return Spins(*task.process) ? Look::kSpins : Look::kRuns;
}

// The kernel answers "running" unless the task is off the run queue (it calls
// wait_task_inactive()): state S in /proc/TID/stat alone would not do, a task shows it shortly
// before it sleeps and rechecks what it waits for. But only in state S does it wait for others: D
// is a wait for a disk or a lock, which ends by itself, and t is a stop, which is to be reported
// unless we made it last.
RestTest::Look RestTest::LookAt(Task& task) {
  const Look look = Glance(task);
  if (look != Look::kSleeps) return look;
  const char state = StateOf(task);
  if (IsStopped(task)) return state == 't' ? Look::kSleeps : Look::kRuns;
  if (state == 'S' || (state == 'Z' && task.leaves)) return Look::kSleeps;
  Text buffer;
  const auto entry = EntryIn(Pread(task.proc_syscall, buffer));
  return state == 'D' && entry && WaitsForVfork(task, *entry) ? Look::kSleeps : Look::kRuns;
}

bool RestTest::Spins(const Process& process) {
  const Duration used = Tracer::ProcessorTimeOf(process);
  const auto [base, fresh] = processor_at_effect_.try_emplace(process.index, used);
  return used - base->second >= kSpin;
}

bool RestTest::HasDeadline(Task& task) {
  if (IsStopped(task)) return false;
  const auto entry = BlockedIn(task);
  if (!entry) return false;
  if (EndsByItself(task, *entry)) return true;
  const decode::Row* row = decode::Find(entry->number);
  if (row == nullptr || row->descriptor < 0) return false;
  const auto fd = static_cast<int>(entry->args[static_cast<size_t>(row->descriptor)]);
  return tracer_.HasTimeout(*task.process, fd);
}

// --- All together.

bool RestTest::SomebodyRuns() {
  bool runs = false;
  // All of them: how long the others spin is measured from the first look on.
  for (const auto& [host, task] : tracer_.tasks()) runs |= Glance(*task) == Look::kRuns;
  return runs;
}

// Two looks at everybody. Who slept in both and was not given a processor from before the first
// until after the second slept all the time between: there was an instant at which all slept, and
// who could have woken them but one of them, or what was under way then? That is asked between the
// looks.
Rest RestTest::Prove() {
  // Asked first: a timer that goes off later is seen by whom it wakes.
  bool deadline = tracer_.HasTimers();
  std::vector<std::pair<Task*, uint64_t>> counts;
  for (const auto& [host, task] : tracer_.tasks()) {
    counts.emplace_back(task.get(), RunCount(*task));
    if (LookAt(*task) == Look::kRuns) return Rest::kMoving;
  }
  if (network_.InFlight()) return Rest::kMoving;
  bool spinning = false;
  for (const auto& [task, before] : counts) {
    const uint64_t after = RunCount(*task);
    const Look look = LookAt(*task);
    if (look == Look::kRuns) return Rest::kMoving;
    if (look == Look::kSleeps && after != before) return Rest::kMoving;
    spinning |= look == Look::kSpins;
    deadline = deadline || (look == Look::kSleeps && HasDeadline(*task));
  }
  if (tracer_.HasStops()) return Rest::kMoving;
  if (spinning) return Rest::kSpinning;
  return deadline ? Rest::kAsleep : Rest::kBlocked;
}

Rest RestTest::Probe() {
  ++probes_;
  if (std::exchange(effects_seen_, tracer_.effects()) != tracer_.effects())
    processor_at_effect_.clear();
  if (tracer_.HasStops() || SomebodyRuns()) return Rest::kMoving;
  return Prove();
}

// --- Blocked calls.

std::optional<Entry> BlockedIn(const Task& task) {
  Text buffer;
  const auto entry = EntryIn(Pread(OpenProc(task.host, "syscall"), buffer));
  // The call that the kernel has taken up again.
  if (entry && entry->number == SYS_restart_syscall && task.restarted) return task.call;
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
    case SYS_futex_waitv:
      return is_set(entry.args[3]);
    case SYS_rt_sigtimedwait:
      return is_set(entry.args[2]);
    case SYS_mq_timedsend:
    case SYS_mq_timedreceive:
    case SYS_recvmmsg:
    case SYS_io_getevents:
      return is_set(entry.args[4]);
    case SYS_futex: {
      const auto operation = entry.args[1] & FUTEX_CMD_MASK;
      const bool waits = operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET ||
                         operation == FUTEX_LOCK_PI || operation == FUTEX_LOCK_PI2 ||
                         operation == FUTEX_WAIT_REQUEUE_PI;
      return waits && is_set(entry.args[3]);
    }
    default:
      (void)task;
      return false;
  }
}

}  // namespace plumbline::trace
