// SPDX-License-Identifier: MIT
// Why the steps of a scenario did not go on.
#pragma once

#include <expected>
#include <string>

#include "base/error.h"

namespace plumbline::scenario {

struct Halt {
  enum class Why {
    kImpossible,  // the step cannot happen any more: what was there instead
    kOver,        // a limit of the run
    kFailed,      // the machine or the grader
  };
  Why why = Why::kImpossible;
  std::string instead = {};  // record/instead.h
  Error error = {};
};
using Played = std::expected<void, Halt>;

std::unexpected<Halt> Impossible(std::string instead);
std::unexpected<Halt> Over();
std::unexpected<Halt> Failed(Error error);

// The system refused what a step asked for, on a path or an address of the programs: their doing,
// unless the error is not the system's at all.
std::unexpected<Halt> Refused(const Error& error);

// Bytes as `instead`: their beginning, in quotes.
std::string Quoted(const std::string& bytes);

}  // namespace plumbline::scenario
