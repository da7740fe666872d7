// SPDX-License-Identifier: MIT
// What a mention needs to have been declared, and what is wrong where it was not.
#pragma once

#include <optional>
#include <string>

#include "spec/names.h"
#include "spec/reader.h"

namespace plumbline::spec {

// A mention taken apart: `a.received` needs the connection `a`, `{second.pid}` the process
// `second`, `second.stdin` that steps may write to it (kInput).
struct Needed {
  enum class What { kNothing, kProcess, kInput, kConnection, kPort, kTerminal, kNumber, kUnknown };
  What what = What::kNothing;
  std::string name;
};
Needed NeededBy(const Mention& mention);

// The declaration that fits, or nothing.
const Declared* Find(const Names& names, const Needed& needed);

// Why a mention means nothing where `names` are declared, if so. `terminal`: there is one.
std::optional<Complaint> WhyMissing(const Mention& mention, const Names& names, bool terminal);

// {n} has a value in a text that is written once for each of a group: whether one of `mentions`
// that stand beside this one is a group.
bool IsBesideGroup(const Mention& mention, const Mentions& mentions, const Names& names);
Complaint NoNumber();

// "did you mean 'cat'?" where `word`, which is no name, is a name but for a slip of the pen; else
// "".
std::string NearMiss(const std::string& word, const std::vector<std::string>& names);

}  // namespace plumbline::spec
