// SPDX-License-Identifier: MIT
// WaitGraph: waits for locks, semaphores, conditions, threads and messages.
#include <algorithm>

#include "evaluate/endings.h"
#include "evaluate/reach.h"
#include "evaluate/wait_graph.h"

namespace plumbline::evaluate {

using record::Awaited;
using record::Blocked;
using record::HeldBy;
using record::ProcessStateAt;
using record::Thing;

// --- Whoever has it.

// An owner on the path closes the circle, any other is asked what it waits for itself.
Reason WaitGraph::WaitsForOwner(Reason reason, const std::vector<HeldBy>& owners) {
  for (const HeldBy& owner : owners) {
    if (const auto step = StepOf(owner.process, owner.tid)) {
      const Cause own = reason.cause;
      Close(reason, *step);
      if (own == Cause::kSemaphoreKept) reason.cause = own;
      return reason;
    }
  }
  for (const HeldBy& owner : owners) {
    const ProcessStateAt* state = scene_.StateAt(owner.process, at_);
    if (state == nullptr || threads_.contains({owner.process, owner.tid})) continue;
    const bool one_thread = owner.tid != Pid{} && state->state == record::ProcessState::kAsleep;
    Reason inner = one_thread ? ExplainThreads(*state, owner.tid) : Explain(owner.process);
    const Cause own = reason.cause;
    const bool closed = inner.depth == Depth::kCircle;
    AddTo(inner.set, owner.process);
    GoOn(reason, std::move(inner));
    // What was taken and is not given back is what to look at, unless others wait for each other.
    if (!closed && own != Cause::kOther) {
      reason.cause = own;
      reason.depth = Depth::kCause;
      reason.why = {};
      reason.next = {};
    }
    return reason;
  }
  return reason;
}

// --- Futexes: what the C library makes of them.

Reason WaitGraph::InFutex(const ProcessStateAt&, const Blocked& blocked) {
  if (!blocked.awaits) {
    return Waits(Msg("{who} waits for a lock, a semaphore, a condition or a thread (futex).",
                     {{"who", Who()}}));
  }
  const Awaited& awaits = *blocked.awaits;
  switch (awaits.thing) {
    case Thing::kMutex: {
      Now(Link::kLock);
      Reason reason = Waits(Msg("{who} waits for a mutex.", {{"who", Who()}}), Cause::kLockKept);
      for (const HeldBy& owner : awaits.by) {
        reason.evidence.push_back(Msg("{owner} has locked it and has not unlocked it.",
                                      {{"owner", NameOfThread(owner.process, owner.tid)}}));
      }
      if (awaits.by.empty()) {
        reason.evidence.push_back(
            Msg("Who locked it has ended, or is not known: nobody who lives has it."));
      }
      return WaitsForOwner(std::move(reason), awaits.by);
    }
    case Thing::kThread: {
      Now(Link::kOther);
      const HeldBy& thread = awaits.by.front();
      Reason reason =
          Waits(Msg("{who} waits for {thread} to end.",
                    {{"who", Who()}, {"thread", NameOfThread(thread.process, thread.tid)}}));
      return WaitsForOwner(std::move(reason), awaits.by);
    }
    case Thing::kCondition:
      return Waits(Msg("{who} waits for a condition variable.", {{"who", Who()}}),
                   Cause::kNobodySignals);
    case Thing::kSemaphore: {
      Reason reason =
          Waits(Msg("{who} waits in sem_wait() for a semaphore, which is 0.", {{"who", Who()}}),
                Cause::kSemaphoreKept);
      AddOthers(reason, blocked);
      return reason;
    }
    default:
      return Waits(Msg("{who} waits for a lock, a semaphore, a condition or a thread (futex).",
                       {{"who", Who()}}));
  }
}

namespace {

bool IsSameKind(const Awaited& one, const Awaited& other) {
  const auto is_semaphore = [](Thing thing) {
    return thing == Thing::kSemaphore || thing == Thing::kSemaphoreSet;
  };
  return one.thing == other.thing || (is_semaphore(one.thing) && is_semaphore(other.thing));
}

bool IsSameThing(const Awaited& one, const Awaited& other) {
  return one.thing == other.thing && one.name == other.name && one.number == other.number &&
         one.memory == other.memory && one.offset == other.offset;
}

}  // namespace

// Who waits for one of its kind as well: nobody has it, but these are the ones that should give it.
void WaitGraph::AddOthers(Reason& reason, const Blocked& blocked) const {
  constexpr size_t kMost = 4;
  for (const ProcessStateAt& state : at_.processes) {
    for (const record::Thread& thread : state.threads) {
      if (!thread.blocked || &*thread.blocked == &blocked || !thread.blocked->awaits) continue;
      const Awaited& theirs = *thread.blocked->awaits;
      if (!IsSameKind(*blocked.awaits, theirs) || reason.evidence.size() >= kMost) continue;
      const Message who = NameOfThread(state.process, thread.tid);
      reason.evidence.push_back(IsSameThing(*blocked.awaits, theirs)
                                    ? Msg("{who} waits for the same one.", {{"who", who}})
                                    : Msg("{who} waits for another one.", {{"who", who}}));
      AddTo(reason.set, state.process);
    }
  }
  AddTo(reason.set, path_.back().process);
}

// --- System V semaphores.

Reason WaitGraph::InSemop(const ProcessStateAt&, const Blocked& blocked) {
  if (!blocked.awaits) {
    return Waits(Msg("{who} waits for a System V semaphore.", {{"who", Who()}}),
                 Cause::kSemaphoreKept);
  }
  Now(Link::kLock);
  const Awaited& awaits = *blocked.awaits;
  Reason reason = Waits(Msg("{who} waits in semop() for semaphore {number} of set {set}.",
                            {{"who", Who()}, {"number", awaits.number}, {"set", awaits.name}}),
                        Cause::kSemaphoreKept);
  for (const HeldBy& last : awaits.by) {
    reason.evidence.push_back(
        Msg("{who} changed it last.", {{"who", scene_.NameOf(last.process, &at_)}}));
    if (ExitOf(scene_, last.process, &at_) != nullptr)
      reason.evidence.push_back(HowItEnded(scene_, last.process));
  }
  AddOthers(reason, blocked);
  const bool others = reason.set.size() > 1;
  const auto lives = [&](const HeldBy& last) {
    return last.process != path_.back().process && scene_.StateAt(last.process, at_) != nullptr;
  };
  if (others || awaits.by.empty() || !lives(awaits.by.front())) return reason;
  return WaitsForOwner(std::move(reason), awaits.by);
}

// --- Locks on files.

Reason WaitGraph::ForFileLock(const ProcessStateAt& state, const Blocked& blocked) {
  Now(Link::kLock);
  const int object = ObjectOf(state, blocked);
  Reason reason =
      object == 0
          ? Waits(Msg("{who} waits for a lock on a file.", {{"who", Who()}}), Cause::kLockKept)
          : Waits(Msg("{who} waits for a lock on {file}.",
                      {{"who", Who()}, {"file", scene_.NameOfObject(object, at_)}}),
                  Cause::kLockKept);
  if (!blocked.awaits) return reason;
  for (const HeldBy& owner : blocked.awaits->by) {
    reason.evidence.push_back(
        Msg("{owner} has locked it and has not unlocked it.", {{"owner", Name(owner.process)}}));
  }
  return WaitsForOwner(std::move(reason), blocked.awaits->by);
}

// --- Messages.

namespace {

bool IsMessageCall(const Blocked& blocked) {
  return blocked.call.starts_with("msg") || blocked.call.starts_with("mq_");
}
bool Sends(const Blocked& blocked) {
  return blocked.call == "msgsnd" || blocked.call == "mq_timedsend";
}

}  // namespace

Reason WaitGraph::ForMessage(const ProcessStateAt& state, const Blocked& blocked) {
  const int object = ObjectOf(state, blocked);
  const auto queue_of = [&](const Blocked& of, int its) {
    if (of.awaits) return Msg("message queue {id}", {{"id", of.awaits->name}});
    return its == 0 ? Msg("a message queue") : scene_.NameOfObject(its, at_);
  };
  const bool sends = Sends(blocked);
  const Message queue = queue_of(blocked, object);
  Reason reason = Waits(
      sends ? Msg("{who} waits until there is room in {queue}.", {{"who", Who()}, {"queue", queue}})
            : Msg("{who} waits for a message from {queue}.", {{"who", Who()}, {"queue", queue}}),
      sends ? Cause::kQueueFull : Cause::kNoMessage);
  for (const ProcessStateAt& other : at_.processes) {
    for (const record::Thread& thread : other.threads) {
      if (!thread.blocked || &*thread.blocked == &blocked || !IsMessageCall(*thread.blocked))
        continue;
      const Message theirs = queue_of(*thread.blocked, ObjectOf(other, *thread.blocked));
      const Message who = NameOfThread(other.process, thread.tid);
      reason.evidence.push_back(
          Sends(*thread.blocked)
              ? Msg("{who} waits until there is room in {queue}.",
                    {{"who", who}, {"queue", theirs}})
              : Msg("{who} waits for a message from {queue}.", {{"who", who}, {"queue", theirs}}));
      AddTo(reason.set, other.process);
    }
  }
  AddTo(reason.set, path_.back().process);
  return reason;
}

}  // namespace plumbline::evaluate
