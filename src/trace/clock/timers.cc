// SPDX-License-Identifier: MIT
#include "trace/clock/timers.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

#include "trace/clock/timer_descriptors.h"
#include "trace/clock/times.h"
#include "trace/proc.h"
#include "trace/tracer.h"

namespace plumbline::trace::clock {
namespace {

using Kind = DeadlineKey::Kind;

// No timer of timer_create(2) has this number: the mark of an alarm's signal.
constexpr int kAlarmNumber = -1;

DeadlineKey AlarmOf(const Task& task) { return {Kind::kAlarm, task.process->index, 0}; }

DeadlineKey MadeBy(const Task& task, uint64_t number) {
  return {Kind::kMade, task.process->index, static_cast<int>(number)};
}

// glibc 2.36 has no name for the member yet.
pid_t ThreadIn(const sigevent& event) { return event._sigev_un._tid; }

// As the kernel makes it (sigaction(2), "SI_TIMER").
siginfo_t SignalOf(int signal, int number, sigval value, int overrun) {
  siginfo_t info{};
  info.si_signo = signal;
  info.si_code = SI_TIMER;
  info.si_timerid = number;
  info.si_overrun = overrun;
  info.si_value = value;
  return info;
}

template <typename T>
bool Write(const Task& task, uint64_t address, const T& value) {
  return address == 0 || WriteMemory(task.host, address, &value, sizeof value);
}

}  // namespace

// --- Setting and asking.

Timers::Timer* Timers::Find(const DeadlineKey& key) {
  const auto found = timers_.find(key);
  return found == timers_.end() ? nullptr : &found->second;
}

// One that is set has always something left (setitimer(2)).
Duration Timers::RestOf(const DeadlineKey& key) {
  const auto due = deadlines_.DueOf(key);
  if (!due) return {};
  return std::max<Duration>(*due - clock_.Now(), std::chrono::microseconds(1));
}

void Timers::Arm(const DeadlineKey& key, record::ProcessIndex process, Duration due,
                 Duration interval) {
  Timer& timer = timers_[key];
  timer.interval = interval;
  timer.queued = false;
  timer.overrun = 0;
  deadlines_.Set(key, clock_.DueAt(due), process);
}

int64_t Timers::SetAlarm(const Task& task, Duration value, Duration interval) {
  const DeadlineKey key = AlarmOf(task);
  deadlines_.Remove(key);
  if (value != Duration{}) Arm(key, key.owner, clock_.Now() + value, interval);
  return 0;
}

// Rounded to the nearest second, but 0 only if there was none (alarm(2)).
int64_t Timers::AnswerAlarm(const Task& task) {
  const Duration rest = RestOf(AlarmOf(task));
  SetAlarm(task, std::chrono::seconds(task.call.args[0] & UINT_MAX), {});
  if (rest == Duration{}) return 0;
  return std::max<int64_t>(1, std::chrono::round<std::chrono::seconds>(rest).count());
}

std::optional<int64_t> Timers::AnswerGetInterval(const Task& task) {
  const auto& args = task.call.args;
  if (args[0] != ITIMER_REAL) return std::nullopt;
  const Timer* timer = Find(AlarmOf(task));
  const Duration rest = RestOf(AlarmOf(task));
  const bool set = timer != nullptr && rest != Duration{};
  const itimerval value{.it_interval = ToTimeval(set ? timer->interval : Duration{}),
                        .it_value = ToTimeval(rest)};
  const uint64_t where = args[task.call.number == SYS_getitimer ? 1 : 2];
  return Write(task, where, value) ? 0 : -EFAULT;
}

std::optional<int64_t> Timers::AnswerSetInterval(const Task& task) {
  const auto& args = task.call.args;
  if (args[0] != ITIMER_REAL) return std::nullopt;
  // Without a new value it is disarmed (setitimer(2), "Linux").
  const auto value =
      args[1] == 0 ? std::optional(itimerval{}) : ReadValue<itimerval>(task.host, args[1]);
  if (!value) return -EFAULT;
  const auto first = ToDuration(value->it_value);
  const auto interval = ToDuration(value->it_interval);
  if (!first || !interval) return -EINVAL;
  if (AnswerGetInterval(task) != 0) return -EFAULT;
  return SetAlarm(task, *first, *interval);
}

std::optional<int64_t> Timers::AnswerGetTime(const Task& task, const DeadlineKey& key) {
  const Timer* timer = Find(key);
  if (timer == nullptr) return std::nullopt;
  const bool sets =
      task.call.number == SYS_timer_settime || task.call.number == SYS_timerfd_settime;
  const Duration rest = RestOf(key);
  const itimerspec value{.it_interval = ToTimespec(timer->interval), .it_value = ToTimespec(rest)};
  return Write(task, task.call.args[sets ? 3 : 1], value) ? 0 : -EFAULT;
}

std::optional<int64_t> Timers::AnswerSetTime(const Task& task, const DeadlineKey& key) {
  Timer* timer = Find(key);
  if (timer == nullptr) return std::nullopt;
  const auto& args = task.call.args;
  const auto value = ReadValue<itimerspec>(task.host, args[2]);
  if (!value) return -EFAULT;
  const auto first = ToDuration(value->it_value);
  const auto interval = ToDuration(value->it_interval);
  if (!first || !interval) return -EINVAL;
  if (AnswerGetTime(task, key) != 0) return -EFAULT;
  deadlines_.Remove(key);
  if (key.kind == Kind::kDescriptor) ForgetTicks(tracer_, key.owner);
  timer->interval = *interval;
  if (*first == Duration{}) return 0;
  const bool absolute = (args[1] & TIMER_ABSTIME) != 0;
  const Duration due =
      absolute ? clock_.SinceBeginning(timer->clock, *first) : clock_.Now() + *first;
  Arm(key, task.process->index, due, *interval);
  return 0;
}

std::optional<int64_t> Timers::Answer(const Task& task) {
  const auto& args = task.call.args;
  const auto of_descriptor = [&] {
    return DeadlineKey{Kind::kDescriptor,
                       tracer_.ObjectAt(*task.process, static_cast<int>(args[0])), 0};
  };
  switch (task.call.number) {
    case SYS_alarm:
      return AnswerAlarm(task);
    case SYS_setitimer:
      return AnswerSetInterval(task);
    case SYS_getitimer:
      return AnswerGetInterval(task);
    case SYS_timer_settime:
      return AnswerSetTime(task, MadeBy(task, args[0]));
    case SYS_timer_gettime:
      return AnswerGetTime(task, MadeBy(task, args[0]));
    case SYS_timer_getoverrun: {
      const Timer* timer = Find(MadeBy(task, args[0]));
      return timer == nullptr ? std::nullopt : std::optional<int64_t>(timer->told_overrun);
    }
    case SYS_timerfd_create:
      // Better none than one that goes off by the real clock.
      return CanReachDescriptors() ? std::nullopt : std::optional<int64_t>(-ENOSYS);
    case SYS_timerfd_settime:
      return AnswerSetTime(task, of_descriptor());
    case SYS_timerfd_gettime:
      return AnswerGetTime(task, of_descriptor());
    default:
      return std::nullopt;
  }
}

void Timers::NoteMade(const Task& task) {
  const auto& args = task.call.args;
  const auto number = ReadValue<int>(task.host, args[2]);
  const auto id = static_cast<clockid_t>(args[0]);
  if (!number || !Passes(id)) return;
  Timer timer{.clock = id};
  timer.event.sigev_notify = SIGEV_SIGNAL;
  timer.event.sigev_signo = SIGALRM;
  timer.event.sigev_value.sival_int = *number;
  if (args[1] != 0) {
    if (const auto event = ReadValue<sigevent>(task.host, args[1])) timer.event = *event;
  }
  timers_[MadeBy(task, static_cast<uint64_t>(*number))] = timer;
}

void Timers::NoteCall(const Task& task, int object) {
  const auto& args = task.call.args;
  switch (task.call.number) {
    case SYS_timer_create:
      return NoteMade(task);
    case SYS_timerfd_create:
      timers_[{Kind::kDescriptor, object, 0}] = {.clock = static_cast<clockid_t>(args[0])};
      return;
    case SYS_timer_delete:
      deadlines_.Remove(MadeBy(task, args[0]));
      timers_.erase(MadeBy(task, args[0]));
      return;
    default:
      return;
  }
}

// --- Going off.

// Who lets another one's signal wait for it does not lose its own: the kernel keeps one of each
// timer, and counts the rest as overrun. A signal that nobody heard of is one read by signalfd(2).
bool Timers::IsPending(const Process& process, int signal) const {
  const auto status = StatusOf(process.host);
  const uint64_t pending = status ? status->pending | status->shared_pending : 0;
  return (pending >> (signal - 1) & 1) != 0;
}

void Timers::SendAlarm(record::ProcessIndex index) {
  Process& process = tracer_.process(index);
  ++process.wakeups;
  const siginfo_t info = SignalOf(SIGALRM, kAlarmNumber, {}, 0);
  // A full queue (RLIMIT_SIGPENDING) has always room for one without a mark.
  if (::syscall(SYS_rt_sigqueueinfo, process.host.value, SIGALRM, &info) != 0)
    ::kill(process.host.value, SIGALRM);
}

void Timers::Send(const DeadlineKey& key, Timer& timer) {
  Process& process = tracer_.process(key.owner);
  const int signal = timer.event.sigev_signo;
  if (timer.event.sigev_notify == SIGEV_NONE || signal < 1 || signal >= kSignals) return;
  if (timer.queued && IsPending(process, signal)) {
    ++timer.overrun;
    return;
  }
  ++process.wakeups;
  timer.queued = true;
  const siginfo_t info = SignalOf(signal, key.number, timer.event.sigev_value, timer.overrun);
  if (timer.event.sigev_notify != SIGEV_THREAD_ID) {
    ::syscall(SYS_rt_sigqueueinfo, process.host.value, signal, &info);
    return;
  }
  for (const Task* task : tracer_.TasksOf(process)) {
    if (task->tid.value == ThreadIn(timer.event))
      ::syscall(SYS_rt_tgsigqueueinfo, process.host.value, task->host.value, signal, &info);
  }
}

void Timers::GoOff(const DeadlineKey& key, Duration due) {
  Timer* timer = Find(key);
  if (timer == nullptr) return;
  record::ProcessIndex process = key.owner;
  int64_t times = 1;
  const Duration interval = timer->interval;
  if (interval != Duration{}) times += std::max<int64_t>(0, (clock_.Now() - due) / interval);
  if (key.kind == Kind::kDescriptor) {
    const auto holder = AddTicks(tracer_, key.owner, static_cast<uint64_t>(times));
    if (!holder) {  // nobody has it open any more
      timers_.erase(key);
      return;
    }
    process = *holder;
    ++tracer_.process(process).wakeups;
  } else if (key.kind == Kind::kAlarm) {
    SendAlarm(process);
  } else {
    timer->overrun += static_cast<int>(times) - 1;
    Send(key, *timer);
  }
  if (interval != Duration{}) deadlines_.Set(key, clock_.DueAt(due + times * interval), process);
}

bool Timers::NoteSignal(const Task& task, siginfo_t& info) {
  if (info.si_code != SI_TIMER) return false;
  if (info.si_timerid == kAlarmNumber) {
    // The kernel's own are without a sender and without a timer.
    const int signal = info.si_signo;
    info = {};
    info.si_signo = signal;
    info.si_code = SI_KERNEL;
    return true;
  }
  Timer* timer = Find({Kind::kMade, task.process->index, info.si_timerid});
  if (timer == nullptr) return false;
  timer->queued = false;
  timer->told_overrun = std::exchange(timer->overrun, 0);
  const bool changed = info.si_overrun != timer->told_overrun;
  info.si_overrun = timer->told_overrun;
  return changed;
}

// --- Ends.

void Timers::ForgetMade(record::ProcessIndex process) {
  std::erase_if(timers_, [&](const auto& timer) {
    const bool meant = timer.first.kind == Kind::kMade && timer.first.owner == process;
    if (meant) deadlines_.Remove(timer.first);
    return meant;
  });
}

void Timers::ForgetAll(record::ProcessIndex process) {
  ForgetMade(process);
  const DeadlineKey alarm{Kind::kAlarm, process, 0};
  deadlines_.Remove(alarm);
  timers_.erase(alarm);
}

}  // namespace plumbline::trace::clock
