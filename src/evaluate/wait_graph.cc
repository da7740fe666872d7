// SPDX-License-Identifier: MIT
#include "evaluate/wait_graph.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/signals.h"
#include "base/syscalls.h"
#include "evaluate/reach.h"

namespace plumbline::evaluate {

using record::Blocked;
using record::ObjectKind;
using record::ProcessIndex;
using record::ProcessState;
using record::ProcessStateAt;
using record::Snapshot;

int ObjectOf(const ProcessStateAt& state, const Blocked& blocked) {
  if (blocked.object != 0) return blocked.object;
  const auto it = state.descriptors.find(blocked.fd);
  return it == state.descriptors.end() ? 0 : it->second.object;
}

Reason Waits(Message waits, Depth depth) {
  Reason reason;
  reason.waits = std::move(waits);
  reason.depth = depth;
  return reason;
}

namespace {

const Blocked* BlockedIn(const ProcessStateAt& state) {
  for (const record::Thread& thread : state.threads) {
    if (thread.blocked) return &*thread.blocked;
  }
  return nullptr;
}

void Append(std::vector<Message>& to, std::vector<Message> from) {
  std::ranges::move(from, std::back_inserter(to));
}

int LastStopSignal(const Scene& scene, ProcessIndex process, const Snapshot& at) {
  int signal = 0;
  for (const record::Event& event : EventsUntil(scene, &at)) {
    const auto* stopped = std::get_if<record::Stopped>(&event.what);
    if (stopped != nullptr && event.actor == process) signal = stopped->signal;
  }
  return signal;
}

}  // namespace

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

}  // namespace plumbline::evaluate
