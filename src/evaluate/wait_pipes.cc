// SPDX-License-Identifier: MIT
// WaitGraph: waits for the other end of a pipe, a FIFO, a socket, a terminal.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "evaluate/reach.h"
#include "evaluate/wait_graph.h"

namespace plumbline::evaluate {

using record::Blocked;
using record::ObjectKind;
using record::ProcessIndex;
using record::ProcessStateAt;

namespace {

bool IsPipe(const record::Object& object) {
  return object.kind == ObjectKind::kPipe || object.kind == ObjectKind::kFifo;
}

std::vector<ProcessIndex> ProcessesOf(const std::vector<Holding>& holders) {
  std::vector<ProcessIndex> processes;
  for (const Holding& holding : holders) {
    if (processes.empty() || processes.back() != holding.process)
      processes.push_back(holding.process);
  }
  return processes;
}

}  // namespace

// --- Reading.

Reason WaitGraph::InRead(const ProcessStateAt& state, const Blocked& blocked) {
  const int number = ObjectOf(state, blocked);
  const record::Object* object = scene_.recording().object(number);
  if (object == nullptr) return InCall(state, blocked);
  if (object->role == "stdin") {
    return Waits(Msg("{who} waits for more on its standard input, where nothing more comes.",
                     {{"who", Who()}}),
                 Cause::kNoInput);
  }
  if (object->kind == ObjectKind::kTerminal) {
    return Waits(Msg("{who} waits for a key at the terminal.", {{"who", Who()}}), Cause::kNoInput);
  }
  if (object->role.empty() && IsPipe(*object)) {
    Now(Link::kRead, number);
    Reason reason = Waits(Msg("{who} waits for bytes or end of file from {pipe}; neither comes.",
                              {{"who", Who()}, {"pipe", scene_.NameOfObject(number, at_)}}));
    // End of file comes when the last write end is closed, so each holder is a reason; the one that
    // waits for the reader, or is the reader, is the cause.
    return WaitsForHolder(std::move(reason), evaluate::Holders(at_, number, End::kWrite), number,
                          End::kWrite);
  }
  if (object->role.empty() && object->kind == ObjectKind::kSocket)
    return InReadOfSocket(state, number);
  return Waits(Msg("{who} waits for bytes from {object}, where nothing more comes.",
                   {{"who", Who()}, {"object", scene_.NameOfObject(number, at_)}}),
               object->role.empty() ? Cause::kOther : Cause::kNoInput);
}

namespace {

// Where a datagram socket was bound: no table of the snapshot has that.
std::string BoundTo(const Scene& scene, int object, const record::Snapshot& at) {
  std::string address;
  for (const record::Event& event : EventsUntil(scene, &at)) {
    const auto* call = std::get_if<record::Call>(&event.what);
    if (call == nullptr || call->name != "bind" || call->object != object || call->error != 0)
      continue;
    for (const auto& [name, value] : call->args) {
      if (name == "address") address = value;
    }
  }
  return address;
}

}  // namespace

Reason WaitGraph::InReadOfSocket(const ProcessStateAt& state, int object) {
  Now(Link::kHear, object);
  Reason reason = Waits(Msg("{who} waits for bytes from {object}, where nothing more comes.",
                            {{"who", Who()}, {"object", scene_.NameOfObject(object, at_)}}),
                        Cause::kNobodySends);
  const int other = OtherEndOf(scene_, object, at_);
  auto holders = evaluate::Holders(at_, other, End::kWrite);
  if (other == 0 || holders.empty()) {
    const std::string bound = BoundTo(scene_, object, at_);
    if (!bound.empty() && !at_.sockets.contains(object)) {
      reason.evidence.push_back(
          Msg("It is bound to {address}; nothing came there.", {{"address", Escaped(bound)}}));
    }
    return reason;
  }
  // Its own copy is the last reason: who else has one could speak.
  const bool others = std::ranges::any_of(
      holders, [&](const Holding& holding) { return holding.process != state.process; });
  if (others) {
    std::erase_if(holders,
                  [&](const Holding& holding) { return holding.process == state.process; });
  }
  return WaitsForHolder(std::move(reason), holders, other, End::kWrite);
}

// --- Writing.

Reason WaitGraph::InWrite(const ProcessStateAt& state, const Blocked& blocked) {
  const int object = ObjectOf(state, blocked);
  const record::Object* what = scene_.recording().object(object);
  if (what == nullptr) return InCall(state, blocked);
  Reason reason = Waits(Msg("{who} waits until somebody reads from {object}, which is full.",
                            {{"who", Who()}, {"object", scene_.NameOfObject(object, at_)}}));
  if (!what->role.empty()) return reason;
  const int other = IsPipe(*what) ? object : OtherEndOf(scene_, object, at_);
  if (other == 0) return reason;
  Now(Link::kWrite, object);
  reason.cause = Cause::kPipeFull;
  reason.depth = Depth::kCause;
  return WaitsForHolder(std::move(reason), evaluate::Holders(at_, other, End::kRead), other,
                        End::kRead);
}

// --- Whoever holds the other end.

namespace {

Message CloseIt(const Message& who, int fd) {
  return Msg(
      "Close descriptor {fd} in {who} as soon as it is not needed there: in a parent after fork(), "
      "in a child before exec().",
      {{"fd", fd}, {"who", who}});
}

}  // namespace

Message WaitGraph::Holds(const Holding& holding, int object, End end) const {
  const record::Object* what = scene_.recording().object(object);
  if (what == nullptr || IsPipe(*what)) return StillHolds(scene_, holding, object, end, at_);
  return Msg("{who} has the other end, descriptor {fd}.",
             {{"who", Name(holding.process)}, {"fd", holding.fd}});
}

// Which descriptor to close, where that is the cure.
void WaitGraph::Cure(Reason& reason, const Holding& holding, int object, End end) const {
  if (end != End::kWrite || reason.cause != Cause::kNoEndOfFile || !reason.next.empty()) return;
  reason.next = CloseIt(Name(holding.process), holding.fd);
  if (const auto* maker = MakerOf(scene_, object)) reason.location = maker->where;
}

// A holder on the path closes the circle, any other is asked what it waits for itself. In a process
// of several threads it is another thread that should use its own end.
Reason WaitGraph::WaitsForHolder(Reason reason, const Holders& holders, int object, End end) {
  const ProcessIndex self = path_.back().process;
  const bool threads = scene_.StateAt(self, at_)->threads.size() > 1 && IsNew(self);
  const auto closing = std::ranges::find_if(holders, [&](const Holding& holding) {
    return OnPath(holding.process) && !(threads && holding.process == self);
  });
  if (closing != holders.end()) {
    Close(reason, *StepOf(closing->process));
    for (const Holding& holding : holders) {
      if (OnPath(holding.process) && reason.evidence.size() < 4)
        reason.evidence.push_back(Holds(holding, object, end));
    }
    Cure(reason, *closing, object, end);
    return reason;
  }
  auto best = BestOf(ProcessesOf(holders));
  if (!best) return reason;
  const auto held = std::ranges::find(holders, best->first, &Holding::process);
  reason.evidence.push_back(Holds(*held, object, end));
  // A full pipe stays one, whatever keeps its reader.
  const bool keeps = best->second.depth < Depth::kCause && reason.cause != Cause::kOther;
  const Cause own = reason.cause;
  GoOn(reason, std::move(best->second));
  if (keeps) {
    reason.cause = own;
    reason.depth = Depth::kCause;
  }
  Cure(reason, *held, object, end);
  return reason;
}

// --- Opening a FIFO.

namespace {

const record::Awaited* FifoOf(const Blocked& blocked) {
  return blocked.awaits && blocked.awaits->thing == record::Thing::kFifo ? &*blocked.awaits
                                                                         : nullptr;
}

Message OpensToo(const Message& who, bool writes) {
  return writes ? Msg("{who} opens it for writing too, and waits as well.", {{"who", who}})
                : Msg("{who} opens it for reading too, and waits as well.", {{"who", who}});
}

}  // namespace

Reason WaitGraph::InOpen(const ProcessStateAt& state, const Blocked& blocked) {
  const int object = ObjectOf(state, blocked);
  const record::Awaited* fifo = FifoOf(blocked);
  if (fifo == nullptr) {
    return Waits(object == 0
                     ? Msg("{who} waits in open() until somebody opens the other end of the FIFO.",
                           {{"who", Who()}})
                     : Msg("{who} waits in open() until somebody opens the other end of {fifo}.",
                           {{"who", Who()}, {"fifo", scene_.NameOfObject(object, at_)}}),
                 Cause::kFifoWithoutPeer);
  }
  const Message name = scene_.NameOfFifo(fifo->name);
  Reason reason = Waits(
      fifo->writes
          ? Msg("{who} opens {fifo} for writing and waits until somebody opens it for reading.",
                {{"who", Who()}, {"fifo", name}})
          : Msg("{who} opens {fifo} for reading and waits until somebody opens it for writing.",
                {{"who", Who()}, {"fifo", name}}),
      Cause::kFifoWithoutPeer);
  for (const ProcessStateAt& other : at_.processes) {
    for (const record::Thread& thread : other.threads) {
      if (!thread.blocked || (other.process == state.process && thread.tid == path_.back().tid))
        continue;
      const record::Awaited* theirs = FifoOf(*thread.blocked);
      if (theirs == nullptr) continue;
      if (theirs->name == fifo->name && theirs->writes == fifo->writes) {
        reason.evidence.push_back(OpensToo(Name(other.process), theirs->writes));
      } else if (theirs->name != fifo->name) {
        reason.evidence.push_back(
            Msg("{who} waits for the other end of {fifo}.",
                {{"who", Name(other.process)}, {"fifo", scene_.NameOfFifo(theirs->name)}}));
      }
    }
  }
  return reason;
}

// --- Several descriptors at once: each is a reason, and the best of them is told.

Reason WaitGraph::InPoll(const ProcessStateAt& state, const Blocked& blocked) {
  Reason reason = Waits(Msg("{who} waits in {call}() until one of its descriptors is ready.",
                            {{"who", Who()}, {"call", CallAsWritten(blocked.call)}}));
  if (!blocked.awaits) return reason;
  std::optional<Reason> best;
  for (const record::Asked& asked : blocked.awaits->asked) {
    const record::Object* object = scene_.recording().object(asked.object);
    if (object == nullptr) continue;
    Blocked one = blocked;
    one.fd = asked.fd;
    one.object = asked.object;
    const auto listening = at_.sockets.find(asked.object);
    const bool listens = listening != at_.sockets.end() && listening->second.listening;
    Reason found = listens       ? InAccept(state, one)
                   : asked.reads ? InRead(state, one)
                                 : InWrite(state, one);
    if (!best || found.depth > best->depth) best = std::move(found);
  }
  if (best) GoOn(reason, *std::move(best));
  return reason;
}

}  // namespace plumbline::evaluate
