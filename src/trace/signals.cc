// SPDX-License-Identifier: MIT
// Signals: sent, delivered, stopping; and the calls that they come into.
#include <signal.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/syscalls.h"
#include "trace/blocked/look.h"
#include "trace/clock/virtual_time.h"
#include "trace/interrupted.h"
#include "trace/proc.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

using record::kGrader;
using record::ProcessIndex;
using record::SignalDelivered;
using Effect = record::SignalDelivered::Effect;

bool StopsByDefault(int signal) {
  return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

bool IgnoredByDefault(int signal) {
  return signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH || signal == SIGCONT;
}

Effect EffectOf(const SignalAction& action, int signal) {
  if (signal == SIGKILL) return Effect::kTerminated;
  if (signal == SIGSTOP) return Effect::kStopped;
  if (action.disposition == Disposition::kHandled) return Effect::kHandled;
  if (signal == SIGCONT) return Effect::kContinued;
  if (action.disposition == Disposition::kIgnored || IgnoredByDefault(signal))
    return Effect::kIgnored;
  return StopsByDefault(signal) ? Effect::kStopped : Effect::kTerminated;
}

// What a program does to itself: a wrong pointer, a failed assertion.
bool IsOwnFault(int signal) {
  constexpr int kFaults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
  return std::ranges::find(kFaults, signal) != std::end(kFaults);
}

// The address that could not be used (sigaction(2)); nothing if the kernel does not know it.
std::optional<uint64_t> FaultIn(const siginfo_t& info) {
  const bool names_it = info.si_signo == SIGSEGV || info.si_signo == SIGBUS;
  if (!names_it || info.si_code <= 0 || info.si_code >= SI_KERNEL) return std::nullopt;
  return reinterpret_cast<uintptr_t>(info.si_addr);
}

// Whether si_pid is there (sigaction(2)): of signals that processes send, and of SIGCHLD.
bool NamesSender(const siginfo_t& info) {
  switch (info.si_code) {
    case SI_USER:
    case SI_QUEUE:
    case SI_TKILL:
    case SI_MESGQ:
      return true;
    default:
      return info.si_signo == SIGCHLD && info.si_code > 0 && info.si_code <= CLD_CONTINUED;
  }
}

int64_t AsInt(uint64_t value) { return static_cast<int64_t>(static_cast<int32_t>(value)); }

}  // namespace

// --- Sending.

std::vector<ProcessIndex> Tracer::Targets(const Process& sender, int64_t pid) {
  if (pid > 0) {
    const Process* target = ByTid(Pid{static_cast<pid_t>(pid)});
    return target == nullptr || target->reaped ? std::vector<ProcessIndex>{}
                                               : std::vector<ProcessIndex>{target->index};
  }
  // A group, or with -1 everybody (kill(2)).
  const int64_t group = pid == 0 ? InnerGroupOf(sender.host).value : -pid;
  std::vector<ProcessIndex> targets;
  for (const auto& [host, task] : tasks_) {
    const Process& process = *task->process;
    if (task->host != process.host) continue;
    const bool meant = pid == -1 ? &process != &sender : InnerGroupOf(process.host).value == group;
    if (meant) targets.push_back(process.index);
  }
  std::ranges::sort(targets);
  return targets;
}

// Told before the call is made: the receiver may run before the sender sees it end.
void Tracer::AtKillEntry(Task& task) {
  const auto& args = task.call.args;
  const int number = task.call.number;
  const bool names_thread = number == SYS_tgkill || number == SYS_rt_tgsigqueueinfo;
  const int signal = static_cast<int>(AsInt(args[names_thread ? 2 : 1]));
  std::vector<ProcessIndex> to;
  if (number == SYS_pidfd_send_signal) {
    if (const auto pid = PidOfPidfd(task.host, static_cast<int>(AsInt(args[0]))))
      to = Targets(*task.process, pid->value);
  } else {
    to = Targets(*task.process, AsInt(args[0]));
  }
  // SIGKILL is the end without a stop before it.
  if (signal == SIGKILL)
    for (const ProcessIndex target : to) NoteProcessorTime(process(target));
  task.kill = task.calls;
  task.sent_signal = signal;
  task.sent_event = TellOf(task, record::SignalSent{.signal = signal,
                                                    .to = std::move(to),
                                                    .cause = record::SignalSent::Cause::kCall,
                                                    .call = SyscallName(number),
                                                    .error = 0});
}

void Tracer::TellSent(Task& task, int64_t result) {
  if (result == 0 && task.sent_signal != 0) ++effects_;
  const int index = std::exchange(task.sent_event, -1);
  if (index < 0 || result >= 0) return;
  auto& event = journal_.recording().events[static_cast<size_t>(index)];
  auto& sent = std::get<record::SignalSent>(event.what);
  sent.error = static_cast<int>(-result);
  sent.to.clear();
}

// The call is one that signals processes of the run.
bool Tracer::SignalsOwn(const Task& task) const {
  if (task.sent_event < 0) return false;
  const auto& event = journal_.recording().events[static_cast<size_t>(task.sent_event)];
  return !std::get<record::SignalSent>(event.what).to.empty();
}

Status Tracer::Signal(Process& process, int signal) {
  if (process.ended)
    return Fail("a signal was meant for process " + std::to_string(process.pid.value) +
                ", which has ended");
  told_before_ = false;
  Tell(kGrader, Pid{},
       record::SignalSent{
           .signal = signal, .to = {process.index}, .cause = record::SignalSent::Cause::kStep});
  ++effects_;
  NoteProcessorTime(process);
  if (::kill(process.host.value, signal) < 0) return ErrnoError("kill");
  HandleSignalsOfHeld();
  return {};
}

// --- Delivery.

// A program that tells another by a signal what it did, and goes on to wait for the answer, has a
// race if it can be answered before it waits; once in some thousand signals it would lose it, and
// the check of a plain run with it. Races are found in perturbed runs, each time.
bool Tracer::ComesEarly(const Report& report) {
  // Who has another report while this one is kept was killed.
  std::erase_if(early_signals_,
                [&](const Early& early) { return early.report.host == report.host; });
  const Task* task = Find(report.host);
  if (task == nullptr || !std::holds_alternative<SignalArrives>(Classify(report.status)))
    return false;
  const auto info = SignalInfo(report.host);
  if (!info || !NamesSender(*info) || info->si_signo == SIGCHLD || info->si_pid == 0) return false;
  const Process* sender = ByTid(Pid{info->si_pid});
  // Of one with threads it is not known which of them sent it.
  if (sender == nullptr || sender == task->process || sender->ended || sender->threads != 1)
    return false;
  const Early early{
      .report = report, .sender = sender->host, .processor = ProcessorTimeOf(*sender)};
  if (!StaysEarly(early)) return false;
  early_signals_.push_back(early);
  return true;
}

bool Tracer::StaysEarly(const Early& early) {
  // It need not make a call ever again.
  constexpr Duration kWhile = std::chrono::milliseconds(1);
  Task* sender = Find(early.sender);
  if (sender == nullptr || sender->calls != sender->kill) return false;
  const bool runs = sender->state == Task::State::kRunning || sender->state == Task::State::kInCall;
  if (!runs || ProcessorTimeOf(*sender->process) - early.processor > kWhile) return false;
  // Two that signalled each other would wait for each other.
  const bool waits_itself = std::ranges::any_of(
      early_signals_, [&](const Early& other) { return other.report.host == early.sender; });
  if (waits_itself) return false;
  const char state = StateOf(*sender);
  return state == 'R' || state == 't';  // stopped with a report that is still to be handled
}

bool Tracer::HandleEarlySignals() {
  bool handled = false;
  for (size_t i = 0; i < early_signals_.size();) {
    if (StaysEarly(early_signals_[i])) {
      ++i;
      continue;
    }
    const Report report = early_signals_[i].report;
    early_signals_.erase(early_signals_.begin() + static_cast<ptrdiff_t>(i));
    told_before_ = false;
    ++stops_;
    Handle(report);
    handled = true;
  }
  return handled;
}

void Tracer::On(Task& task, const SignalArrives& stop, const Report&) {
  if (WasBreakpoint(task, stop)) return;
  Process& process = *task.process;
  SignalAction& action = process.actions[static_cast<size_t>(stop.signal)];
  SignalDelivered delivered{.signal = stop.signal};
  delivered.effect = EffectOf(action, stop.signal);
  if (auto info = SignalInfo(task.host)) {
    if (time_->NoteSignal(task, *info)) SetSignalInfo(task.host, *info);
    delivered.code = info->si_code;
    process.fault = FaultIn(*info);
    NoteSender(task, *info, delivered);
  }
  const Effect effect = delivered.effect;
  const bool handled = effect == Effect::kHandled;
  const bool in_call = NoteCut(task);
  if (in_call) delivered.during = SyscallName(task.cuts.back().entry.number);
  const bool crashes = effect == Effect::kTerminated && IsOwnFault(stop.signal);
  const where::Trail trail = TrailOfSignal(task, crashes);
  if (effect == Effect::kTerminated) {
    NoteProcessorTime(process);
    process.end = trail;
    process.crashed = crashes;
  }
  // Nobody notices a SIGCHLD that nobody handles.
  if (stop.signal != SIGCHLD || handled) {
    if (effect != Effect::kIgnored) ++effects_;
    const int event = Tell(process.index, task.tid, std::move(delivered), trail);
    if (effect == Effect::kStopped) task.stopping_event = event;
  }
  if (in_call) DecideCut(task, action, handled);
  if (handled) BeginHandler(task, action, stop.signal);
  if (handled && action.once) action = {};
  if (handled && WatchesAccesses(task)) return GoOnInHandler(task, stop.signal);
  GoOn(task, stop.signal);
}

where::Trail Tracer::TrailOfSignal(const Task& task, bool crashes) {
  if (!TellsWhere()) return where::kNoTrail;
  return crashes ? whereabouts_.OfCrashed(task) : whereabouts_.OfInterrupted(task);
}

void Tracer::NoteSender(const Task& task, const siginfo_t& info, SignalDelivered& delivered) {
  if (!NamesSender(info)) return;
  if (info.si_pid == 0) {  // from outside
    delivered.sender = kGrader;
    return;
  }
  const Process* sender = ByTid(Pid{info.si_pid});
  if (sender == nullptr) return;
  // The kernel sends these in the name of the process itself.
  const bool kernels = info.si_signo == SIGPIPE || info.si_signo == SIGXFSZ;
  if (kernels && sender == task.process && task.sent_signal != info.si_signo) return;
  delivered.sender = sender->index;
}

// Whether the task is at the end of a call that a signal cut; then that call is the last of its
// cuts.
bool Tracer::NoteCut(Task& task) {
  const auto registers = Registers(task.host);
  const auto number = registers ? static_cast<int>(registers->orig_rax) : -1;
  const auto result = registers ? static_cast<int64_t>(registers->rax) : 0;
  if (number < 0 || !IsInterrupted(result)) {
    std::erase_if(task.cuts, [](const CutCall& cut) { return !cut.decided; });
    return false;
  }
  if (!task.cuts.empty() && !task.cuts.back().decided) return true;
  constexpr size_t kMost = 16;  // handlers that leave by longjmp(3) leave theirs behind
  if (task.cuts.size() == kMost) task.cuts.erase(task.cuts.begin());
  Entry entry{.number = number, .instruction = registers->rip, .stack = registers->rsp};
  const uint64_t args[] = {registers->rdi, registers->rsi, registers->rdx,
                           registers->r10, registers->r8,  registers->r9};
  std::ranges::copy(args, std::begin(entry.args));
  if (number == SYS_restart_syscall && task.restarted) entry = task.call;
  task.cuts.push_back({.entry = entry, .result = result});
  return true;
}

// What the program sees of the call that the signal cut (signal(7)). A signal without a handler
// leaves that to the next.
void Tracer::DecideCut(Task& task, const SignalAction& action, bool handled) {
  if (!handled) return;
  CutCall& cut = task.cuts.back();
  cut.decided = cut.result == kRestartNoInterrupt || (cut.result == kRestartSys && action.restarts);
  if (cut.decided) return;
  const CutCall ended = cut;
  task.cuts.pop_back();
  const decode::Row* row = decode::Find(ended.entry.number);
  if (!ended.followed || row == nullptr) return;
  task.call = ended.entry;
  TellCall(task, *row, -EINTR);
}

namespace {

// The kernel throws it away when it is sent, if it is not blocked.
bool IsDiscarded(const Process& process, int signal) {
  const Effect effect = EffectOf(process.actions[static_cast<size_t>(signal)], signal);
  return effect == Effect::kIgnored || effect == Effect::kContinued;
}

// Signals wait for the task, and each is one of those.
bool OnlyDiscardedWait(const Process& process, const TaskStatus& status) {
  const uint64_t waiting = (status.pending | status.shared_pending) & ~status.blocked;
  for (int signal = 1; signal < kSignals; ++signal) {
    const bool waits = (waiting >> (signal - 1) & 1) != 0;
    if (waits && !IsDiscarded(process, signal)) return false;
  }
  return waiting != 0;
}

}  // namespace

// What is ignored and not blocked the kernel throws away when it is sent; for a tracee alone it is
// queued (sig_ignored() in kernel/signal.c), and would end a wait that otherwise goes on: a
// sigwait(3) that takes it, and those waits that any signal ends (signal(7)). Of several threads
// another one may block it, which is enough.
bool Tracer::TookWhatIsDiscarded(const Task& task, int64_t result) {
  const bool took = task.call.number == SYS_rt_sigtimedwait && result > 0;
  if ((!took && result != -EINTR) || task.process->threads != 1) return false;
  const auto status = StatusOf(task.host);
  if (!status) return false;
  if (!took) return OnlyDiscardedWait(*task.process, *status);
  return IsDiscarded(*task.process, static_cast<int>(result)) &&
         (status->blocked & (uint64_t{1} << (result - 1))) == 0;
}

// sigwait(3) and its like take a blocked signal without a delivery.
void Tracer::TellAwaitedSignal(Task& task, int64_t result) {
  SignalDelivered delivered{.signal = static_cast<int>(result), .effect = Effect::kHandled};
  delivered.during = SyscallName(task.call.number);
  auto info = ReadValue<siginfo_t>(task.host, task.call.args[1]);
  if (info && info->si_signo == result) {
    if (time_->NoteSignal(task, *info))
      WriteMemory(task.host, task.call.args[1], &*info, sizeof *info);
    delivered.code = info->si_code;
    NoteSender(task, *info, delivered);
  }
  TellOf(task, std::move(delivered));
}

// --- Dispositions.

// There is no other reason for which rt_sigaction(2) can fail: its end is known at its entry. Some
// programs (sort, shells) make it a dozen times.
bool Tracer::SetsActionForSure(const Task& task) {
  const auto& args = task.call.args;
  const bool can_be_set =
      args[0] >= 1 && args[0] < kSignals && args[0] != SIGKILL && args[0] != SIGSTOP;
  const bool asks_too = args[2] != 0;
  return can_be_set && !asks_too && args[3] == sizeof(uint64_t) &&
         ReadValue<std::array<uint64_t, 4>>(task.host, args[1]).has_value();
}

void Tracer::NoteAction(Task& task) {
  // struct kernel_sigaction: handler, flags, restorer, mask (rt_sigaction(2)).
  const auto signal = static_cast<size_t>(task.call.args[0]);
  if (task.call.args[1] == 0 || signal >= kSignals) return;
  const auto action = ReadValue<std::array<uint64_t, 2>>(task.host, task.call.args[1]);
  if (!action) return;
  const auto [handler, flags] = *action;
  const Disposition disposition = handler == 0   ? Disposition::kDefault
                                  : handler == 1 ? Disposition::kIgnored
                                                 : Disposition::kHandled;
  task.process->actions[signal] = {.disposition = disposition,
                                   .handler = handler,
                                   .restarts = (flags & SA_RESTART) != 0,
                                   .once = (flags & SA_RESETHAND) != 0,
                                   .no_zombies = signal == SIGCHLD && (flags & SA_NOCLDWAIT) != 0};
}

bool Tracer::MustHandleSignal(const Task& task) const {
  if (task.state != Task::State::kHeld || !task.held_at_call) return false;
  if (NoSignalPends(task.host)) return false;  // a tenth of what the next line costs
  for (const int signal : SignalsIn(DeliverableSignals(task.host))) {
    const SignalAction& action = task.process->actions[static_cast<size_t>(signal)];
    const Effect effect = EffectOf(action, signal);
    if (effect != Effect::kIgnored && effect != Effect::kContinued) return true;
  }
  return false;
}

// --- Stopping.

void Tracer::On(Task& task, const GroupStop& stop, const Report&) {
  Process& process = *task.process;
  if (!process.stopped) {
    process.stopped = true;
    ++effects_;
    Tell(process.index, task.tid, record::Stopped{stop.signal});
  }
  NoteCut(task);
  task.state = Task::State::kGroupStop;
  Listen(task.host);
}

void Tracer::Continued(Process& process) {
  if (!std::exchange(process.stopped, false)) return;
  ++effects_;
  Tell(process.index, process.pid, record::Continued{});
}

}  // namespace plumbline::trace
