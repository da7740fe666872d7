// SPDX-License-Identifier: MIT
// The ways in which a mutant makes a call of a program's differently: a table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "record/recording.h"
#include "trace/tracer.h"

namespace plumbline::scenario {

// A call that is about to be made.
struct Site {
  trace::Task& task;
  trace::Tracer& tracer;
  record::Recording& recording;

  int call() const { return task.call.number; }
  uint64_t arg(int index) const { return task.call.args[index]; }
  int fd() const { return static_cast<int>(arg(0)); }
  void Put(int index, uint64_t value) const { tracer.ChangeArgument(task, index, value); }
  // What the first argument refers to; nullptr: nothing.
  const record::Object* First() const {
    return recording.object(tracer.ObjectAt(*task.process, fd()));
  }
};

using Changed = std::optional<int64_t>;  // a result: the call is left out

struct Operator {
  int call;
  const char* how;
  bool (*applies)(const Site&);
  Changed (*change)(const Site&);
  // Follows the call's name: "is left out".
  const char* told;
};

std::span<const Operator> Operators();

// What tells calls of one line apart, whatever numbers descriptors get: of close(2), what is closed
// ("reader", "writer", "listener", "socket", "terminal"); of dup2(2), the number that it gives;
// else the first argument.
std::string WhichOf(const Site& site);
// A call whose places are told apart so.
bool IsToldApart(int call);

}  // namespace plumbline::scenario
