// SPDX-License-Identifier: MIT
// Who waits for whom at a snapshot: the walk behind explain.h, and a way to explain each call that
// waits. Only explain.cc, wait_graph.cc and the wait_*.cc beside it include this.
//
// A node is a thread that cannot go on; what could wake it is an edge: any holder of the other end
// of its pipe, itself included; its child; the thread that has its lock. The walk goes from the
// process that was asked about along the edges until it comes back to where it was (a circle, which
// is a cause by itself) or to somebody whom nobody can wake.
#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "evaluate/explain.h"
#include "evaluate/plumbing.h"
#include "evaluate/scene.h"

namespace plumbline::evaluate {

// How much an explanation explains. A closed circle is a cause; anything else may have others.
enum class Depth { kNothing, kSomething, kCause, kCircle };

struct Reason : Explanation {
  Depth depth = Depth::kSomething;
};

// What a step of the walk waits for.
enum class Link {
  kOther,
  kRead,   // bytes or end of file from a pipe
  kWrite,  // room in a pipe or socket
  kHear,   // bytes from a socket
  kChild,  // the end of a child
  kLock,
};

// One walk over who waits for whom. Each thread is explained once, so that many who wait for each
// other cost no more than their number.
class WaitGraph {
 public:
  WaitGraph(const Scene& scene, const record::Snapshot& at) : scene_(scene), at_(at) {}

  Reason Explain(record::ProcessIndex process);

 private:
  using Holders = std::vector<Holding>;
  struct Step {
    record::ProcessIndex process = 0;
    Pid tid;
    Link link = Link::kOther;
    int object = 0;
  };

  // wait_graph.cc: the walk.
  Reason ExplainState(const record::ProcessStateAt& state);
  Reason ExplainRunning(const record::ProcessStateAt& state);
  Reason ExplainThreads(const record::ProcessStateAt& state, std::optional<Pid> only = {});
  Reason ExplainBlocked(const record::ProcessStateAt& state, const record::Blocked& blocked);
  bool IsNew(record::ProcessIndex process) const;
  // The best explanation among these, each asked at most once; nothing if none is left to ask.
  std::optional<std::pair<record::ProcessIndex, Reason>> BestOf(
      const std::vector<record::ProcessIndex>& others);
  std::optional<size_t> StepOf(record::ProcessIndex process, Pid tid = {}) const;
  bool OnPath(record::ProcessIndex process) const { return StepOf(process).has_value(); }
  // The circle from that step to the present one.
  void Close(Reason& reason, size_t from) const;
  Cause CauseOfCircle(size_t from) const;
  bool Carried(size_t from) const;
  void Now(Link link, int object = 0);
  Message Who() const;
  Message Name(record::ProcessIndex process) const { return scene_.NameOf(process, &at_); }
  Message NameOfThread(record::ProcessIndex process, Pid tid) const;

  // wait_pipes.cc: for the other end of something.
  Reason InRead(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InReadOfSocket(const record::ProcessStateAt& state, int object);
  Reason InWrite(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InOpen(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InPoll(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason WaitsForHolder(Reason reason, const Holders& holders, int object, End end);
  Message Holds(const Holding& holding, int object, End end) const;
  void Cure(Reason& reason, const Holding& holding, int object, End end) const;

  // wait_rows.cc: for clients, children, time and signals.
  Reason InWait(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InAccept(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InConnect(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InSleep(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason ForSignal(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InCall(const record::ProcessStateAt& state, const record::Blocked& blocked);
  std::vector<record::ProcessIndex> LivingChildren(record::ProcessIndex parent,
                                                   const record::Blocked& blocked) const;

  // wait_locks.cc: for locks, semaphores and messages.
  Reason InFutex(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InSemop(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason ForFileLock(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason ForMessage(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason WaitsForOwner(Reason reason, const std::vector<record::HeldBy>& owners);
  void AddOthers(Reason& reason, const record::Blocked& blocked) const;

  const Scene& scene_;
  const record::Snapshot& at_;
  std::set<record::ProcessIndex> explained_;
  std::set<std::pair<record::ProcessIndex, Pid>> threads_;  // that were explained
  std::vector<Step> path_;
};

// What a blocked call is about; 0: unknown.
int ObjectOf(const record::ProcessStateAt& state, const record::Blocked& blocked);
Reason Waits(Message waits, Cause cause = Cause::kOther);
// Each once.
void AddTo(std::vector<record::ProcessIndex>& set, record::ProcessIndex process);
// `outer` goes on with what `inner` found; whom it waits for says so as evidence.
void GoOn(Reason& outer, Reason inner);

}  // namespace plumbline::evaluate
