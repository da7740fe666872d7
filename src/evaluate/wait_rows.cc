// SPDX-License-Identifier: MIT
// WaitGraph: waits for clients, time, signals and locks.
#include <algorithm>
#include <string>

#include "base/signals.h"
#include "evaluate/reach.h"
#include "evaluate/wait_graph.h"

namespace plumbline::evaluate {

using record::Blocked;
using record::ProcessIndex;
using record::ProcessStateAt;
using record::Snapshot;

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

}  // namespace plumbline::evaluate
