// SPDX-License-Identifier: MIT
#include "evaluate/wait_graph.h"

#include <algorithm>
#include <csignal>
#include <iterator>
#include <span>
#include <string_view>

#include "base/signals.h"
#include "base/syscalls.h"
#include "evaluate/reach.h"

namespace plumbline::evaluate {

using record::Blocked;
using record::ProcessIndex;
using record::ProcessState;
using record::ProcessStateAt;
using record::Snapshot;

int ObjectOf(const ProcessStateAt& state, const Blocked& blocked) {
  if (blocked.object != 0) return blocked.object;
  const auto it = state.descriptors.find(blocked.fd);
  return it == state.descriptors.end() ? 0 : it->second.object;
}

Reason Waits(Message waits, Cause cause) {
  Reason reason;
  reason.waits = std::move(waits);
  reason.cause = cause;
  // What only says that something does not come may have another reason behind it.
  constexpr Cause kVague[] = {Cause::kOther, Cause::kNoSignal, Cause::kSleeps};
  if (std::ranges::find(kVague, cause) == std::end(kVague)) reason.depth = Depth::kCause;
  return reason;
}

void AddTo(std::vector<ProcessIndex>& set, ProcessIndex process) {
  if (std::ranges::find(set, process) == set.end()) set.push_back(process);
}

void GoOn(Reason& outer, Reason inner) {
  outer.evidence.push_back(std::move(inner.waits));
  std::ranges::move(inner.evidence, std::back_inserter(outer.evidence));
  outer.depth = inner.depth;
  outer.cause = inner.cause;
  outer.set = std::move(inner.set);
  outer.mutual = inner.mutual;
  outer.why = std::move(inner.why);
  outer.next = std::move(inner.next);
  outer.location = std::move(inner.location);
}

namespace {

int LastStopSignal(const Scene& scene, ProcessIndex process, const Snapshot& at) {
  int signal = 0;
  for (const record::Event& event : EventsUntil(scene, &at)) {
    const auto* stopped = std::get_if<record::Stopped>(&event.what);
    if (stopped != nullptr && event.actor == process) signal = stopped->signal;
  }
  return signal;
}

// More is better; of equal ones that of fewer processes.
bool IsBetter(const Reason& one, const Reason& other) {
  if (one.depth != other.depth) return one.depth > other.depth;
  return one.set.size() < other.set.size();
}

}  // namespace

// --- The walk.

Reason WaitGraph::Explain(ProcessIndex process) {
  explained_.insert(process);
  const ProcessStateAt* state = scene_.StateAt(process, at_);
  Reason reason;
  if (state == nullptr) {
    reason.depth = Depth::kNothing;
    return reason;
  }
  reason = ExplainState(*state);
  if (reason.set.empty()) reason.set = {process};
  return reason;
}

Reason WaitGraph::ExplainState(const ProcessStateAt& state) {
  const Message who = Name(state.process);
  switch (state.state) {
    case ProcessState::kZombie:
      return Waits(Msg("{who} has ended; nobody has waited for it.", {{"who", who}}));
    case ProcessState::kStopped: {
      const int signal = LastStopSignal(scene_, state.process, at_);
      const bool terminal = signal == SIGTTIN || signal == SIGTTOU;
      return Waits(Msg("{who} is stopped ({signal}), and nobody continues it.",
                       {{"who", who}, {"signal", SignalName(signal)}}),
                   terminal ? Cause::kBackgroundTerminal : Cause::kStopped);
    }
    case ProcessState::kHeld: {
      Reason reason = Waits(Msg("{who} is held back by the scenario.", {{"who", who}}));
      reason.depth = Depth::kNothing;
      return reason;
    }
    case ProcessState::kRunning:
      return ExplainRunning(state);
    case ProcessState::kAsleep:
      break;
  }
  return ExplainThreads(state);
}

// Whatever runs when all are at rest has had no effect for long (of its other threads some may
// wait). At a limit of processor time only who is marked so has.
Reason WaitGraph::ExplainRunning(const ProcessStateAt& state) {
  const auto spins = [](const record::Thread& thread) {
    return thread.blocked && thread.blocked->call.empty();
  };
  const auto spinner = std::ranges::find_if(state.threads, spins);
  const bool at_limit =
      at_.name == "end" && scene_.recording().outcome == record::Outcome::kProcessorLimit;
  const Message who = Name(state.process);
  if (at_limit && spinner == state.threads.end()) {
    return Waits(Msg("{who} runs, and something came of it until the end.", {{"who", who}}),
                 Cause::kSlow);
  }
  Reason reason = Waits(
      Msg("{who} runs in a loop: it waits for nothing and uses the processor.", {{"who", who}}),
      Cause::kBusyWaiting);
  if (spinner != state.threads.end()) reason.location = spinner->blocked->where;
  return reason;
}

Reason WaitGraph::ExplainThreads(const ProcessStateAt& state, std::optional<Pid> only) {
  std::optional<Reason> best;
  for (const record::Thread& thread : state.threads) {
    if (!thread.blocked || (only && thread.tid != *only)) continue;
    if (!threads_.emplace(state.process, thread.tid).second) continue;
    path_.push_back({.process = state.process, .tid = thread.tid});
    Reason reason = ExplainBlocked(state, *thread.blocked);
    path_.pop_back();
    if (!reason.location) reason.location = thread.blocked->where;
    if (!best || IsBetter(reason, *best)) best = std::move(reason);
  }
  return best ? *std::move(best) : ExplainRunning(state);
}

// A row for each way to wait; a word is a call or a family. More ways are more rows.
Reason WaitGraph::ExplainBlocked(const ProcessStateAt& state, const Blocked& blocked) {
  struct Row {
    std::string_view word;
    Reason (WaitGraph::*explain)(const ProcessStateAt&, const Blocked&);
  };
  static constexpr Row kRows[] = {
      {"mq_timedreceive", &WaitGraph::ForMessage},
      {"mq_timedsend", &WaitGraph::ForMessage},
      {"msgrcv", &WaitGraph::ForMessage},
      {"msgsnd", &WaitGraph::ForMessage},
      {"read", &WaitGraph::InRead},
      {"write", &WaitGraph::InWrite},
      {"wait", &WaitGraph::InWait},
      {"open", &WaitGraph::InOpen},
      {"accept", &WaitGraph::InAccept},
      {"connect", &WaitGraph::InConnect},
      {"poll", &WaitGraph::InPoll},
      {"sleep", &WaitGraph::InSleep},
      {"pause", &WaitGraph::ForSignal},
      {"rt_sigsuspend", &WaitGraph::ForSignal},
      {"rt_sigtimedwait", &WaitGraph::ForSignal},
      {"futex", &WaitGraph::InFutex},
      {"semop", &WaitGraph::InSemop},
      {"semtimedop", &WaitGraph::InSemop},
      {"flock", &WaitGraph::ForFileLock},
      {"fcntl", &WaitGraph::ForFileLock},
  };
  const auto number = SyscallNumber(blocked.call);
  const std::string_view family = number ? SyscallFamily(*number) : "";
  for (const Row& row : kRows) {
    if (row.word == blocked.call || row.word == family) return (this->*row.explain)(state, blocked);
  }
  return InCall(state, blocked);
}

// Somebody there was not asked yet.
bool WaitGraph::IsNew(ProcessIndex process) const {
  const ProcessStateAt* state = scene_.StateAt(process, at_);
  if (state == nullptr || state->state != ProcessState::kAsleep)
    return !explained_.contains(process);
  return std::ranges::any_of(state->threads, [&](const record::Thread& thread) {
    return thread.blocked && !threads_.contains({process, thread.tid});
  });
}

std::optional<std::pair<ProcessIndex, Reason>> WaitGraph::BestOf(
    const std::vector<ProcessIndex>& others) {
  std::optional<std::pair<ProcessIndex, Reason>> best;
  for (const ProcessIndex other : others) {
    if (!IsNew(other)) continue;
    Reason reason = Explain(other);
    if (!best || IsBetter(reason, best->second)) best = {other, std::move(reason)};
  }
  return best;
}

// --- Where the walk is.

std::optional<size_t> WaitGraph::StepOf(ProcessIndex process, Pid tid) const {
  const auto step = std::ranges::find_if(
      path_, [&](const Step& s) { return s.process == process && (tid == Pid{} || s.tid == tid); });
  if (step == path_.end()) return std::nullopt;
  return static_cast<size_t>(step - path_.begin());
}

void WaitGraph::Now(Link link, int object) {
  path_.back().link = link;
  path_.back().object = object;
}

Message WaitGraph::Who() const { return NameOfThread(path_.back().process, path_.back().tid); }

// A process of one thread goes by its own name.
Message WaitGraph::NameOfThread(ProcessIndex process, Pid tid) const {
  const ProcessStateAt* state = scene_.StateAt(process, at_);
  const Message name = Name(process);
  if (tid == Pid{} || state == nullptr || state->threads.size() < 2) return name;
  const auto& self = scene_.recording().processes[static_cast<size_t>(process)];
  if (tid == self.pid) return Msg("the first thread of {who}", {{"who", name}});
  return Msg("thread {tid} of {who}", {{"tid", tid.value}, {"who", name}});
}

// --- Circles.

void WaitGraph::Close(Reason& reason, size_t from) const {
  reason.depth = Depth::kCircle;
  reason.cause = CauseOfCircle(from);
  reason.mutual = true;
  reason.set.clear();
  for (const Step& step : std::span(path_).subspan(from)) {
    AddTo(reason.set, step.process);
    if (step.link != Link::kWrite) continue;
    reason.why = WhyOf(Cause::kPipeFull);
    if (reason.cause == Cause::kChildWaits) {
      reason.next =
          Msg("Read what comes before you wait for the end of the process that writes it.");
    }
  }
}

Cause WaitGraph::CauseOfCircle(size_t from) const {
  const auto circle = std::span(path_).subspan(from);
  const auto has = [&](Link link) {
    return std::ranges::find(circle, link, &Step::link) != circle.end();
  };
  if (has(Link::kLock)) return Cause::kLockKept;
  if (has(Link::kChild)) {
    const bool end_of_file = has(Link::kRead) || (has(Link::kHear) && Carried(from));
    return end_of_file && !has(Link::kWrite) ? Cause::kNoEndOfFile : Cause::kChildWaits;
  }
  if (has(Link::kWrite)) return Cause::kPipeFull;
  if (circle.size() == 1 || Carried(from)) return Cause::kNoEndOfFile;
  return Cause::kBothRead;
}

// Bytes went through one of the circle's objects: who reads there has heard something and waits for
// the end. Of pipes that is taken for granted where nobody looked.
bool WaitGraph::Carried(size_t from) const {
  const auto circle = std::span(path_).subspan(from);
  if (!scene_.recording().header.observed.contains(record::Facet::kTransfers))
    return std::ranges::find(circle, Link::kRead, &Step::link) != circle.end();
  return std::ranges::any_of(EventsUntil(scene_, &at_), [&](const record::Event& event) {
    const auto* transfer = std::get_if<record::Transfer>(&event.what);
    if (transfer == nullptr || transfer->bytes == 0) return false;
    return std::ranges::any_of(circle, [&](const Step& step) {
      return step.object != 0 && step.object == transfer->object &&
             (step.link == Link::kRead || transfer->way == record::Transfer::Way::kRead);
    });
  });
}

}  // namespace plumbline::evaluate
