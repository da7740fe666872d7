// SPDX-License-Identifier: MIT
// Which events are calls of a name or family: the record tells many calls by what they did (a
// birth, an execution, a transfer), the rest as they are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evaluate/scene.h"
#include "record/recording.h"

namespace plumbline::graders::processes {

// A call as calls.made and calls.order ask for it.
struct WantedCall {
  std::string call;    // a call or a family
  std::string result;  // "", ok, error, ERRNO, or of wait stopped, continued, exited, killed
};

// How many such calls the event at `index` stands for; of reads and writes those that moved bytes.
uint64_t CallsAt(const record::Recording& recording, size_t index, const WantedCall& wanted);
// The object that an event is about; 0 if none.
int ObjectOf(const record::Event& event);
// The objects that are the grader's end of a stream or channel: "stdin", "a", "a.received",
// "submission.stdout", "terminal".
std::vector<int> ObjectsOf(const record::Recording& recording, const std::string& stream);

}  // namespace plumbline::graders::processes
