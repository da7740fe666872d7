// SPDX-License-Identifier: MIT
// A mutant of a program, made while it runs: at one place of its source one call is left out or
// made differently, each time. The text form says all that is needed to do it again:
//
//   close@main.c:31=skip           the call is left out
//   close(reader)@main.c:31=skip   the one of this line that closes that (scenario/mutated_calls.h)
//   dup2(1)@main.c:20=swap         another way, by its name (scenario/README.md, "Mutants")
//   survey                         nothing is changed; each place is noted (Recording::sites)
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace plumbline::record {

struct Mutation {
  bool survey = false;
  std::string call;
  std::string which;  // of the line's; "": any
  std::string file;
  int line = 0;
  std::string how;

  bool operator==(const Mutation&) const = default;
};

std::string ToString(const Mutation& mutation);
// Fails with what is wrong and what would be right.
Result<Mutation> ParseMutation(std::string_view text);

}  // namespace plumbline::record
