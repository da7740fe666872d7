// SPDX-License-Identifier: MIT
// Who waits for whom at a snapshot: the walk behind explain.h, and a way to explain each call that
// waits. Only explain.cc, wait_graph.cc and wait_rows.cc include this.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "evaluate/explain.h"
#include "evaluate/plumbing.h"
#include "evaluate/scene.h"

namespace plumbline::evaluate {

// How much an explanation explains. A closed circle is a cause; anything else may have others.
enum class Depth { kNothing, kSomething, kCircle };

struct Reason : Explanation {
  Depth depth = Depth::kSomething;
};

// One walk over who waits for whom. Each process is explained once, so that many who wait for each
// other cost no more than their number.
class WaitGraph {
 public:
  WaitGraph(const Scene& scene, const record::Snapshot& at) : scene_(scene), at_(at) {}

  Reason Explain(record::ProcessIndex process) {
    explained_.insert(process);
    path_.push_back(process);
    Reason reason = ExplainState(process);
    path_.pop_back();
    return reason;
  }

 private:
  Reason ExplainState(record::ProcessIndex process);
  Reason ExplainBlocked(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InRead(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InReadOfPipe(const record::ProcessStateAt& state, int object);
  Reason InWrite(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InWait(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InOpen(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InAccept(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InConnect(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InPoll(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InSleep(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason ForSignal(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason ForLock(const record::ProcessStateAt& state, const record::Blocked& blocked);
  Reason InCall(const record::ProcessStateAt& state, const record::Blocked& blocked);

  Message Name(record::ProcessIndex process) const { return scene_.NameOf(process, &at_); }
  bool OnPath(record::ProcessIndex process) const {
    return std::ranges::find(path_, process) != path_.end();
  }
  // The best explanation among these, each asked at most once; nothing if none is left to ask.
  std::optional<std::pair<record::ProcessIndex, Reason>> BestOf(
      const std::vector<record::ProcessIndex>& others);
  Reason WaitsForHolder(Reason reason, const std::vector<Holding>& holders, int object, End end);
  std::vector<record::ProcessIndex> LivingChildren(record::ProcessIndex parent,
                                                   const record::Blocked& blocked) const;

  const Scene& scene_;
  const record::Snapshot& at_;
  std::set<record::ProcessIndex> explained_;
  std::vector<record::ProcessIndex> path_;
};

// What a blocked call is about; 0: unknown.
int ObjectOf(const record::ProcessStateAt& state, const record::Blocked& blocked);
Reason Waits(Message waits, Depth depth = Depth::kSomething);

}  // namespace plumbline::evaluate
