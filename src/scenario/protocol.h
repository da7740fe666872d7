// SPDX-License-Identifier: MIT
// What the program and its supervisors say to each other: versioned frames on a socket, large
// values in sealed memory passed by SCM_RIGHTS. README.md has the frames byte by byte.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "build/build.h"
#include "record/recording.h"
#include "sandbox/sandbox.h"
#include "scenario/plan.h"

namespace plumbline::scenario {

// Which rung of isolation can a supervisor offer, made of namespaces (A, B)? The sandbox in which
// it finds out serves the first run or build that masks the same paths. One that has none to offer
// answers with the reason, and ends.
struct Offer {
  std::vector<std::string> hidden_paths;
};
struct Offered {
  sandbox::Rung rung{};
};

using Task = std::variant<build::Request, Plan, Offer>;
// A build's report, a run's recording, a rung that is offered, or the error of a task that could
// not be done at all.
using Answer = std::variant<build::Report, record::Recording, Offered, Error>;

// Blocking; an end of file between frames is nothing. Refuses frames of other versions, unsealed or
// oversized memory, and documents that do not fit.
Status SendTask(int socket, const Task& task);
Result<std::optional<Task>> ReceiveTask(int socket);
Status SendAnswer(int socket, const Answer& answer);
Result<std::optional<Answer>> ReceiveAnswer(int socket);

// The answer to a run: what could not be done is a recording all the same, of the error that it
// ended in, with this header.
record::Recording AsRecording(Answer answer, record::Header header);

}  // namespace plumbline::scenario
