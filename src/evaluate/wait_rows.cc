// SPDX-License-Identifier: MIT
// WaitGraph: waits for children, clients, servers, time and signals.
#include <algorithm>
#include <cerrno>
#include <string>

#include "base/errno_names.h"
#include "base/signals.h"
#include "base/text.h"
#include "evaluate/addresses.h"
#include "evaluate/reach.h"
#include "evaluate/wait_graph.h"

namespace plumbline::evaluate {

using record::Blocked;
using record::ProcessIndex;
using record::ProcessState;
using record::ProcessStateAt;
using record::Snapshot;

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
  Now(Link::kChild);
  const auto children = LivingChildren(state.process, blocked);
  // A child on the path is the one that the question came from.
  const auto asked = std::ranges::find_if(children, [&](ProcessIndex c) { return OnPath(c); });
  if (asked != children.end()) {
    Reason reason =
        Waits(Msg("{who} waits for {child} to end.", {{"who", Who()}, {"child", Name(*asked)}}));
    Close(reason, *StepOf(*asked));
    return reason;
  }
  auto best = BestOf(children);
  if (!best) return Waits(Msg("{who} waits for a child to end.", {{"who", Who()}}));
  Reason reason =
      Waits(Msg("{who} waits for {child} to end.", {{"who", Who()}, {"child", Name(best->first)}}));
  GoOn(reason, std::move(best->second));
  if (reason.cause == Cause::kStopped) reason.cause = Cause::kChildStopped;
  return reason;
}

// --- Clients and servers.

namespace {

// Somebody tried to connect there, and was refused because nobody listened yet.
const record::Event* Refused(const Scene& scene, const std::string& address, const Snapshot& at) {
  for (const record::Event& event : EventsUntil(scene, &at)) {
    const auto* call = std::get_if<record::Call>(&event.what);
    if (call == nullptr || call->name != "connect") continue;
    if (call->error != ECONNREFUSED && call->error != ENOENT) continue;
    for (const auto& [name, value] : call->args) {
      const auto port = PortOf(value);
      if (name == "address" && (value == address || (port && port == PortOf(address))))
        return &event;
    }
  }
  return nullptr;
}

}  // namespace

Reason WaitGraph::InAccept(const ProcessStateAt& state, const Blocked& blocked) {
  const int object = ObjectOf(state, blocked);
  Reason reason = Waits(Msg("{who} waits for a client on {socket}.",
                            {{"who", Who()}, {"socket", scene_.NameOfObject(object, at_)}}),
                        Cause::kNobodyConnects);
  const auto socket = at_.sockets.find(object);
  if (socket == at_.sockets.end()) return reason;
  if (const record::Event* refused = Refused(scene_, socket->second.local, at_)) {
    reason.evidence.push_back(Msg(
        "{who} tried to connect there before anybody listened ({error}), and did not try again.",
        {{"who", scene_.NameOf(refused->actor, &at_)},
         {"error", ErrnoName(std::get<record::Call>(refused->what).error)}}));
  }
  return reason;
}

namespace {

// The listening socket that an address leads to; 0 if there is none.
int ListenerAt(const std::string& address, const Snapshot& at) {
  for (const auto& [object, socket] : at.sockets) {
    if (!socket.listening) continue;
    const auto port = socket.family == "unix" ? std::nullopt : PortOf(socket.local);
    if (socket.local == address || socket.local.ends_with("/" + address) ||
        (port && port == PortOf(address)))
      return object;
  }
  return 0;
}

}  // namespace

// The queue is full: else the kernel itself would have connected it.
Reason WaitGraph::InConnect(const ProcessStateAt&, const Blocked& blocked) {
  const int listener = blocked.awaits ? ListenerAt(blocked.awaits->name, at_) : 0;
  if (listener == 0) {
    return Waits(Msg("{who} waits in connect() until it is accepted.", {{"who", Who()}}),
                 Cause::kBacklogFull);
  }
  Reason reason =
      Waits(Msg("{who} waits in connect() until there is room in the queue of {socket}.",
                {{"who", Who()}, {"socket", scene_.NameOfObject(listener, at_)}}),
            Cause::kBacklogFull);
  for (const Holding& holding : evaluate::Holders(at_, listener, End::kRead)) {
    reason.evidence.push_back(Msg("{who} listens there, descriptor {fd}, and does not accept.",
                                  {{"who", Name(holding.process)}, {"fd", holding.fd}}));
    if (OnPath(holding.process) || !IsNew(holding.process)) continue;
    Reason its = Explain(holding.process);
    if (!its.waits.empty()) reason.evidence.push_back(std::move(its.waits));
    AddTo(reason.set, holding.process);
  }
  AddTo(reason.set, path_.back().process);
  return reason;
}

// --- Time.

Reason WaitGraph::InSleep(const ProcessStateAt&, const Blocked&) {
  return Waits(Msg("{who} sleeps.", {{"who", Who()}}), Cause::kSleeps);
}

Reason WaitGraph::InCall(const ProcessStateAt&, const Blocked& blocked) {
  return Waits(
      Msg("{who} waits in {call}().", {{"who", Who()}, {"call", CallAsWritten(blocked.call)}}));
}

// --- Signals.

namespace {

std::string NamesOf(const std::vector<int>& signals) {
  std::string names;
  for (const int signal : signals) names += (names.empty() ? "" : ", ") + SignalName(signal);
  return names;
}

// The last signal of those waited for that was already handled: the wait began too late for it.
const record::Event* HandledBefore(const Scene& scene, ProcessIndex process, const Blocked& blocked,
                                   const Snapshot& at) {
  const record::Event* last = nullptr;
  for (const record::Event& event : EventsUntil(scene, &at)) {
    const auto* delivered = std::get_if<record::SignalDelivered>(&event.what);
    if (delivered == nullptr || event.actor != process) continue;
    const bool meant =
        blocked.signals.empty() ||
        std::ranges::find(blocked.signals, delivered->signal) != blocked.signals.end();
    const bool handled = delivered->effect == record::SignalDelivered::Effect::kHandled;
    if (meant && handled && delivered->during != blocked.call) last = &event;
  }
  return last;
}

const record::Thread* ThreadOf(const ProcessStateAt& state, Pid tid) {
  const auto thread = std::ranges::find(state.threads, tid, &record::Thread::tid);
  return thread == state.threads.end() ? nullptr : &*thread;
}

}  // namespace

Reason WaitGraph::ForSignal(const ProcessStateAt& state, const Blocked& blocked) {
  // sigsuspend() may be ended by any signal of a long list; a short one is worth naming.
  const bool few = !blocked.signals.empty() && blocked.signals.size() <= 4;
  Reason reason =
      Waits(few ? Msg("{who} waits for {signals}, which does not come.",
                      {{"who", Who()}, {"signals", NamesOf(blocked.signals)}})
                : Msg("{who} waits for a signal, which does not come.", {{"who", Who()}}),
            Cause::kNoSignal);
  if (const record::Event* handled = HandledBefore(scene_, state.process, blocked, at_)) {
    const auto& delivered = std::get<record::SignalDelivered>(handled->what);
    reason.evidence.push_back(Msg("{signal} had already come, before it began to wait.",
                                  {{"signal", SignalName(delivered.signal)}}));
    if (delivered.sender && *delivered.sender != record::kGrader) {
      reason.evidence.push_back(
          Msg("{sender} sent {signal}.", {{"sender", scene_.NameOf(*delivered.sender, &at_)},
                                          {"signal", SignalName(delivered.signal)}}));
    }
    reason.cause = Cause::kLostSignal;
    return reason;
  }
  const record::Thread* thread = ThreadOf(state, path_.back().tid);
  if (thread == nullptr || thread->pending_signals.empty()) return reason;
  reason.evidence.push_back(Msg("{signals} has come, but it is blocked and stays pending.",
                                {{"signals", NamesOf(thread->pending_signals)}}));
  reason.cause = Cause::kSignalBlocked;
  return reason;
}

}  // namespace plumbline::evaluate
