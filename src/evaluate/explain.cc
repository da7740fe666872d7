// SPDX-License-Identifier: MIT
#include "evaluate/explain.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "base/signals.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "evaluate/endings.h"
#include "evaluate/plumbing.h"
#include "evaluate/reach.h"

namespace plumbline::evaluate {
namespace {

using record::Blocked;
using record::ObjectKind;
using record::ProcessIndex;
using record::ProcessState;
using record::ProcessStateAt;
using record::Snapshot;

// How much an explanation explains. A closed circle is a cause; anything else may have others.
enum class Depth { kNothing, kSomething, kCircle };

struct Reason : Explanation {
  Depth depth = Depth::kSomething;
};

// One walk over who waits for whom. Each process is explained once, so that many who wait for each
// other cost no more than their number.
class WaitGraph {
 public:
  WaitGraph(const Scene& scene, const Snapshot& at) : scene_(scene), at_(at) {}

  Reason Explain(ProcessIndex process) {
    explained_.insert(process);
    path_.push_back(process);
    Reason reason = ExplainState(process);
    path_.pop_back();
    return reason;
  }

 private:
  Reason ExplainState(ProcessIndex process);
  Reason ExplainBlocked(const ProcessStateAt& state, const Blocked& blocked);
  Reason InRead(const ProcessStateAt& state, const Blocked& blocked);
  Reason InReadOfPipe(const ProcessStateAt& state, int object);
  Reason InWrite(const ProcessStateAt& state, const Blocked& blocked);
  Reason InWait(const ProcessStateAt& state, const Blocked& blocked);
  Reason InOpen(const ProcessStateAt& state, const Blocked& blocked);
  Reason InAccept(const ProcessStateAt& state, const Blocked& blocked);
  Reason InConnect(const ProcessStateAt& state, const Blocked& blocked);
  Reason InPoll(const ProcessStateAt& state, const Blocked& blocked);
  Reason InSleep(const ProcessStateAt& state, const Blocked& blocked);
  Reason ForSignal(const ProcessStateAt& state, const Blocked& blocked);
  Reason ForLock(const ProcessStateAt& state, const Blocked& blocked);
  Reason InCall(const ProcessStateAt& state, const Blocked& blocked);

  Message Name(ProcessIndex process) const { return scene_.NameOf(process, &at_); }
  bool OnPath(ProcessIndex process) const {
    return std::ranges::find(path_, process) != path_.end();
  }
  // The best explanation among these, each asked at most once; nothing if none is left to ask.
  std::optional<std::pair<ProcessIndex, Reason>> BestOf(const std::vector<ProcessIndex>& others);
  Reason WaitsForHolder(Reason reason, const std::vector<Holding>& holders, int object, End end);
  std::vector<ProcessIndex> LivingChildren(ProcessIndex parent, const Blocked& blocked) const;

  const Scene& scene_;
  const Snapshot& at_;
  std::set<ProcessIndex> explained_;
  std::vector<ProcessIndex> path_;
};

int ObjectOf(const ProcessStateAt& state, const Blocked& blocked) {
  if (blocked.object != 0) return blocked.object;
  const auto it = state.descriptors.find(blocked.fd);
  return it == state.descriptors.end() ? 0 : it->second.object;
}

const Blocked* BlockedIn(const ProcessStateAt& state) {
  for (const record::Thread& thread : state.threads) {
    if (thread.blocked) return &*thread.blocked;
  }
  return nullptr;
}

void Append(std::vector<Message>& to, std::vector<Message> from) {
  std::ranges::move(from, std::back_inserter(to));
}

Reason Waits(Message waits, Depth depth = Depth::kSomething) {
  Reason reason;
  reason.waits = std::move(waits);
  reason.depth = depth;
  return reason;
}

int LastStopSignal(const Scene& scene, ProcessIndex process, const Snapshot& at) {
  int signal = 0;
  for (const record::Event& event : EventsUntil(scene, &at)) {
    const auto* stopped = std::get_if<record::Stopped>(&event.what);
    if (stopped != nullptr && event.actor == process) signal = stopped->signal;
  }
  return signal;
}

Reason WaitGraph::ExplainState(ProcessIndex process) {
  const ProcessStateAt* state = scene_.StateAt(process, at_);
  if (state == nullptr) return Waits({}, Depth::kNothing);
  switch (state->state) {
    case ProcessState::kZombie:
      return Waits(Msg("{who} has ended; nobody has waited for it.", {{"who", Name(process)}}));
    case ProcessState::kStopped:
      return Waits(Msg(
          "{who} is stopped ({signal}), and nobody continues it.",
          {{"who", Name(process)}, {"signal", SignalName(LastStopSignal(scene_, process, at_))}}));
    case ProcessState::kHeld:
      return Waits(Msg("{who} is held back by the scenario.", {{"who", Name(process)}}),
                   Depth::kNothing);
    case ProcessState::kRunning:
    case ProcessState::kAsleep:
      break;
  }
  const Blocked* blocked = BlockedIn(*state);
  // Whatever runs when all are at rest has had no effect for long (of its other threads some may
  // wait).
  if (state->state == ProcessState::kRunning || blocked == nullptr || blocked->call.empty()) {
    Reason reason = Waits(Msg("{who} runs in a loop: it waits for nothing and uses the processor.",
                              {{"who", Name(process)}}));
    reason.next = Msg("Look which condition ends the loop, and what would make it true.");
    if (blocked != nullptr) reason.location = blocked->where;
    return reason;
  }
  Reason reason = ExplainBlocked(*state, *blocked);
  if (!reason.location) reason.location = blocked->where;
  return reason;
}

// A row for each way to wait; a word is a call or a family. More ways are more rows.
Reason WaitGraph::ExplainBlocked(const ProcessStateAt& state, const Blocked& blocked) {
  struct Row {
    std::string_view word;
    Reason (WaitGraph::*explain)(const ProcessStateAt&, const Blocked&);
  };
  static constexpr Row kRows[] = {
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
      {"futex", &WaitGraph::ForLock},
      {"semop", &WaitGraph::ForLock},
      {"semtimedop", &WaitGraph::ForLock},
      {"flock", &WaitGraph::ForLock},
      {"fcntl", &WaitGraph::ForLock},
  };
  const auto number = SyscallNumber(blocked.call);
  const std::string_view family = number ? SyscallFamily(*number) : "";
  for (const Row& row : kRows) {
    if (row.word == blocked.call || row.word == family) return (this->*row.explain)(state, blocked);
  }
  return InCall(state, blocked);
}

std::optional<std::pair<ProcessIndex, Reason>> WaitGraph::BestOf(
    const std::vector<ProcessIndex>& others) {
  std::optional<std::pair<ProcessIndex, Reason>> best;
  for (const ProcessIndex other : others) {
    if (explained_.contains(other)) continue;
    Reason reason = Explain(other);
    if (!best || reason.depth > best->second.depth) best = {other, std::move(reason)};
    if (best->second.depth == Depth::kCircle) break;
  }
  return best;
}

// --- Pipes.

Reason WaitGraph::InRead(const ProcessStateAt& state, const Blocked& blocked) {
  const int number = ObjectOf(state, blocked);
  const record::Object* object = scene_.recording().object(number);
  const Message who = Name(state.process);
  if (object == nullptr) return InCall(state, blocked);
  if (object->role == "stdin") {
    Reason reason = Waits(Msg(
        "{who} waits for more on its standard input, where nothing more comes.", {{"who", who}}));
    reason.next = Msg("Look whether it reads more often than there is something to read.");
    return reason;
  }
  if (object->kind == ObjectKind::kTerminal) {
    return Waits(Msg("{who} waits for a key at the terminal.", {{"who", who}}));
  }
  if (object->role.empty() &&
      (object->kind == ObjectKind::kPipe || object->kind == ObjectKind::kFifo)) {
    return InReadOfPipe(state, number);
  }
  return Waits(Msg("{who} waits for bytes from {object}, where nothing more comes.",
                   {{"who", who}, {"object", scene_.NameOfObject(number, at_)}}));
}

// End of file comes when the last write end is closed, so each holder is a reason; the one that
// waits for the reader, or is the reader, is the cause.
Reason WaitGraph::InReadOfPipe(const ProcessStateAt& state, int object) {
  const auto holders = Holders(at_, object, End::kWrite);
  Reason reason =
      Waits(Msg("{who} waits for bytes or end of file from {pipe}; neither comes.",
                {{"who", Name(state.process)}, {"pipe", scene_.NameOfObject(object, at_)}}));
  reason = WaitsForHolder(std::move(reason), holders, object, End::kWrite);
  if (reason.why.empty() && reason.depth == Depth::kCircle) {
    reason.why =
        Msg("End of file comes only when the last copy of the write end is closed. After fork() "
            "each process has copies of its own.");
  }
  return reason;
}

Reason WaitGraph::InWrite(const ProcessStateAt& state, const Blocked& blocked) {
  const int object = ObjectOf(state, blocked);
  const Message who = Name(state.process);
  const record::Object* what = scene_.recording().object(object);
  if (what == nullptr) return InCall(state, blocked);
  Reason reason = Waits(Msg("{who} waits until somebody reads from {object}, which is full.",
                            {{"who", who}, {"object", scene_.NameOfObject(object, at_)}}));
  const bool pipe = what->kind == ObjectKind::kPipe || what->kind == ObjectKind::kFifo;
  if (!pipe || !what->role.empty()) return reason;
  reason = WaitsForHolder(std::move(reason), Holders(at_, object, End::kRead), object, End::kRead);
  if (reason.depth == Depth::kCircle && reason.why.empty()) {
    reason.why =
        Msg("A pipe holds 64 KiB. Who writes more waits for a reader, and the reader waits for the "
            "writer here.");
    reason.next = Msg("Read what comes before you wait for the end of the process that writes it.");
  }
  return reason;
}

namespace {

Message CloseIt(const Message& who, int fd) {
  return Msg(
      "Close descriptor {fd} in {who} as soon as it is not needed there: in a parent after fork(), "
      "in a child before exec().",
      {{"fd", fd}, {"who", who}});
}

}  // namespace

// Of those who hold the other end: a holder on the path closes the circle, any other is asked what
// it waits for itself.
Reason WaitGraph::WaitsForHolder(Reason reason, const std::vector<Holding>& holders, int object,
                                 End end) {
  const auto closing = std::ranges::find_if(
      holders, [&](const Holding& holding) { return OnPath(holding.process); });
  if (closing != holders.end()) {
    reason.depth = Depth::kCircle;
    for (const Holding& holding : holders) {
      if (OnPath(holding.process) && reason.evidence.size() < 4) {
        reason.evidence.push_back(StillHolds(scene_, holding, object, end, at_));
      }
    }
    if (end == End::kWrite) reason.next = CloseIt(Name(closing->process), closing->fd);
    if (const auto* maker = MakerOf(scene_, object)) reason.location = maker->where;
    return reason;
  }
  std::vector<ProcessIndex> others;
  others.reserve(holders.size());
  for (const Holding& holding : holders) others.push_back(holding.process);
  auto best = BestOf(others);
  if (!best) return reason;
  const auto held = std::ranges::find(holders, best->first, &Holding::process);
  reason.evidence.push_back(StillHolds(scene_, *held, object, end, at_));
  reason.evidence.push_back(best->second.waits);
  Append(reason.evidence, std::move(best->second.evidence));
  reason.depth = best->second.depth;
  reason.why = std::move(best->second.why);
  reason.next = std::move(best->second.next);
  reason.location = std::move(best->second.location);
  if (reason.depth == Depth::kCircle && reason.next.empty() && end == End::kWrite) {
    reason.next = CloseIt(Name(held->process), held->fd);
    if (const auto* maker = MakerOf(scene_, object)) reason.location = maker->where;
  }
  return reason;
}

Reason WaitGraph::InOpen(const ProcessStateAt& state, const Blocked& blocked) {
  const int object = ObjectOf(state, blocked);
  const Message who = Name(state.process);
  Reason reason = Waits(
      object == 0 ? Msg("{who} waits in open() until somebody opens the other end of the FIFO.",
                        {{"who", who}})
                  : Msg("{who} waits in open() until somebody opens the other end of {fifo}.",
                        {{"who", who}, {"fifo", scene_.NameOfObject(object, at_)}}));
  reason.why = Msg(
      "open() of a FIFO for reading waits for a writer, and for writing it waits for a reader.");
  return reason;
}

// --- Children.

std::vector<ProcessIndex> WaitGraph::LivingChildren(ProcessIndex parent,
                                                    const Blocked& blocked) const {
  // wait4(2): the first argument is the child that is waited for, or -1 for any.
  const int wanted = blocked.call == "wait4" && !blocked.args.empty()
                         ? static_cast<int>(static_cast<int64_t>(blocked.args[0]))
                         : -1;
  std::vector<ProcessIndex> children;
  for (const ProcessStateAt& state : at_.processes) {
    if (state.parent != parent || state.state == ProcessState::kZombie) continue;
    const auto& self = scene_.recording().processes[static_cast<size_t>(state.process)];
    if (wanted <= 0 || self.pid.value == wanted) children.push_back(state.process);
  }
  return children;
}

Reason WaitGraph::InWait(const ProcessStateAt& state, const Blocked& blocked) {
  const auto children = LivingChildren(state.process, blocked);
  const Message who = Name(state.process);
  // A child on the path is the one that the question came from.
  const auto asked = std::ranges::find_if(children, [&](ProcessIndex c) { return OnPath(c); });
  if (asked != children.end()) {
    return Waits(Msg("{who} waits for {child} to end.", {{"who", who}, {"child", Name(*asked)}}),
                 Depth::kCircle);
  }
  auto best = BestOf(children);
  if (!best) return Waits(Msg("{who} waits for a child to end.", {{"who", who}}));
  Reason reason =
      Waits(Msg("{who} waits for {child} to end.", {{"who", who}, {"child", Name(best->first)}}),
            best->second.depth);
  reason.evidence.push_back(std::move(best->second.waits));
  Append(reason.evidence, std::move(best->second.evidence));
  reason.why = std::move(best->second.why);
  reason.next = std::move(best->second.next);
  reason.location = std::move(best->second.location);
  return reason;
}

// --- Sockets, time, signals, locks.

Reason WaitGraph::InAccept(const ProcessStateAt& state, const Blocked& blocked) {
  return Waits(Msg("{who} waits for a client on {socket}.",
                   {{"who", Name(state.process)},
                    {"socket", scene_.NameOfObject(ObjectOf(state, blocked), at_)}}));
}

Reason WaitGraph::InConnect(const ProcessStateAt& state, const Blocked&) {
  return Waits(
      Msg("{who} waits in connect() until it is accepted.", {{"who", Name(state.process)}}));
}

Reason WaitGraph::InPoll(const ProcessStateAt& state, const Blocked& blocked) {
  return Waits(Msg("{who} waits in {call}() until one of its descriptors is ready.",
                   {{"who", Name(state.process)}, {"call", CallAsWritten(blocked.call)}}));
}

Reason WaitGraph::InSleep(const ProcessStateAt& state, const Blocked&) {
  return Waits(Msg("{who} sleeps.", {{"who", Name(state.process)}}));
}

namespace {

std::string NamesOf(const std::vector<int>& signals) {
  std::string names;
  for (const int signal : signals) names += (names.empty() ? "" : ", ") + SignalName(signal);
  return names;
}

// The last signal of those waited for that was already handled: the wait began too late for it.
std::optional<int> HandledBefore(const Scene& scene, ProcessIndex process, const Blocked& blocked,
                                 const Snapshot& at) {
  std::optional<int> signal;
  for (const record::Event& event : EventsUntil(scene, &at)) {
    const auto* delivered = std::get_if<record::SignalDelivered>(&event.what);
    if (delivered == nullptr || event.actor != process) continue;
    const bool meant =
        blocked.signals.empty() ||
        std::ranges::find(blocked.signals, delivered->signal) != blocked.signals.end();
    const bool handled = delivered->effect == record::SignalDelivered::Effect::kHandled;
    if (meant && handled && delivered->during != blocked.call) signal = delivered->signal;
  }
  return signal;
}

}  // namespace

Reason WaitGraph::ForSignal(const ProcessStateAt& state, const Blocked& blocked) {
  const Message who = Name(state.process);
  // sigsuspend() may be ended by any signal of a long list; a short one is worth naming.
  const bool few = !blocked.signals.empty() && blocked.signals.size() <= 4;
  Reason reason =
      Waits(few ? Msg("{who} waits for {signals}, which does not come.",
                      {{"who", who}, {"signals", NamesOf(blocked.signals)}})
                : Msg("{who} waits for a signal, which does not come.", {{"who", who}}));
  if (const auto signal = HandledBefore(scene_, state.process, blocked, at_)) {
    reason.evidence.push_back(Msg("{signal} had already come, before it began to wait.",
                                  {{"signal", SignalName(*signal)}}));
    reason.why = Msg("A signal that is handled just before pause() does not end that pause().");
    reason.next = Msg("Block the signal first, and wait with sigsuspend() or sigwait().");
  }
  return reason;
}

Reason WaitGraph::ForLock(const ProcessStateAt& state, const Blocked& blocked) {
  const Message who = Name(state.process);
  if (blocked.call == "futex") {
    return Waits(Msg("{who} waits for a lock, a semaphore, a condition or a thread (futex).",
                     {{"who", who}}));
  }
  if (blocked.call.starts_with("sem")) {
    return Waits(Msg("{who} waits for a System V semaphore.", {{"who", who}}));
  }
  return Waits(Msg("{who} waits for a lock on a file.", {{"who", who}}));
}

Reason WaitGraph::InCall(const ProcessStateAt& state, const Blocked& blocked) {
  return Waits(Msg("{who} waits in {call}().",
                   {{"who", Name(state.process)}, {"call", CallAsWritten(blocked.call)}}));
}

std::optional<ProcessIndex> WhoStillWaits(const Scene& scene, const Snapshot& at) {
  const auto found = scene.Resolve(spec::Who{}, &at);  // the submission
  if (!found.empty()) return found.front();
  for (const ProcessStateAt& state : at.processes) {
    const auto& self = scene.recording().processes[static_cast<size_t>(state.process)];
    if (!self.peer && !self.internal && state.state != ProcessState::kZombie) return state.process;
  }
  return std::nullopt;
}

// Programs of the scenario, not peers, that ended otherwise than well, with their last words.
std::vector<Message> BadEndings(const Scene& scene) {
  std::vector<Message> evidence;
  const auto& processes = scene.recording().processes;
  for (ProcessIndex p = 0; p < std::ssize(processes); ++p) {
    const record::Process& self = processes[static_cast<size_t>(p)];
    if (self.started_as.empty() || self.peer) continue;
    const record::Exited* exited = ExitOf(scene, p);
    if (exited == nullptr || (exited->status == 0 && exited->killed_by == 0)) continue;
    evidence.push_back(HowItEnded(scene, p));
    if (auto words = LastWords(scene, p); !words.empty()) evidence.push_back(std::move(words));
  }
  return evidence;
}

}  // namespace

Explanation ExplainWait(const Scene& scene, ProcessIndex process, const Snapshot& at) {
  return WaitGraph(scene, at).Explain(process);
}

std::vector<Message> EvidenceOfEnd(const Scene& scene) {
  std::vector<Message> evidence = BadEndings(scene);
  if (scene.recording().outcome == record::Outcome::kExited) return evidence;
  if (scene.recording().outcome == record::Outcome::kSignalled) return evidence;
  evidence.push_back(WhyItEnded(scene));
  const Snapshot* end = scene.recording().snapshot("end");
  const auto waiting = end == nullptr ? std::nullopt : WhoStillWaits(scene, *end);
  if (!waiting) return evidence;
  Explanation explanation = ExplainWait(scene, *waiting, *end);
  if (!explanation.waits.empty()) evidence.push_back(std::move(explanation.waits));
  Append(evidence, std::move(explanation.evidence));
  return evidence;
}

}  // namespace plumbline::evaluate
