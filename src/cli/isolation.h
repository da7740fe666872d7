// SPDX-License-Identifier: MIT
// Which rung of isolation a run gets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/crew.h"
#include "cli/stop.h"
#include "sandbox/sandbox.h"
#include "spec/exercise.h"

namespace plumbline::cli {

// "A", "B", "C", "unsafe"; nothing for other words.
std::optional<sandbox::Rung> RungNamed(std::string_view name);

// Why an exercise cannot be run without namespaces (on rung C): a sentence about the first thing
// that needs them, and where that stands.
struct Need {
  std::string reason;
  spec::Mark mark;
};
std::optional<Need> NeedOfNamespaces(const spec::Exercise& exercise);
// Where its scenarios are about sockets: on rung C that takes sandbox::CanShareNetwork().
std::optional<Need> UseOfSockets(const spec::Exercise& exercise);
// What the exercise requires, by its own word or by what is in it: a rung's name or "".
std::string RungRequiredBy(const spec::Exercise& exercise);

// The rung for `wanted` (a name, or auto: the best) on a machine whose best is `best`, when the
// exercise requires `required` (a name or ""), for that `reason` (or ""). Stops when the machine
// cannot give it.
Outcome<sandbox::Rung> ChooseRung(const std::string& wanted, const std::string& required,
                                  sandbox::Rung best, const std::string& reason = {});

// The same on this machine. Where A and B are in question a supervisor of the crew is asked, and
// keeps the sandbox in which it finds out for its first run, which masks `hidden_paths`. Stops by a
// signal, too.
Outcome<sandbox::Rung> ChooseRung(Crew& crew, const std::string& wanted,
                                  const std::string& required,
                                  const std::vector<std::string>& hidden_paths,
                                  const std::string& reason = {});

}  // namespace plumbline::cli
