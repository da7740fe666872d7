// SPDX-License-Identifier: MIT
// What processes did to each other in a run, in its order: what a sequence is drawn from.
#pragma once

#include <string>
#include <vector>

#include "record/recording.h"

namespace plumbline::report {

struct Exchange {
  enum class Kind { kMade, kSignalled, kReaped };
  Kind kind;
  record::ProcessIndex from;  // kGrader: the exercise
  record::ProcessIndex to;    // of kReaped, who waited
  std::string text;           // "fork()", "SIGUSR1", "exit 0"
  Duration time;              // virtual
};

std::vector<Exchange> ExchangesOf(const record::Recording& run);

}  // namespace plumbline::report
