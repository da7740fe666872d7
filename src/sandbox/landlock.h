// SPDX-License-Identifier: MIT
// Landlock (landlock(7)): what a program of rung C may open, connect to and signal, by a ruleset
// that it and its children can never leave.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"

namespace plumbline::sandbox {

// What this kernel offers (its ABI); 0: nothing.
int LandlockLevel();
// Below this a program could signal every other process of its account (Linux 6.12 has it).
constexpr int kLeastLandlockLevel = 6;

// In the run's folder `base` everything may be done in what is its programs' own (shared.h), its
// etc may be read, and the rest is closed. Of the machine the system's programs, libraries and
// harmless devices may be used, but for what is below `hidden_paths`. No TCP port, and no look into
// the memory of who is outside. REQUIRES: whoever enters it has entered the scopes.
Result<UniqueFd> MakeRuleset(const std::string& base, const std::vector<std::string>& hidden_paths);

// REQUIRES: no_new_privs. Async-signal-safe; errno tells why it failed.
bool EnterRuleset(int ruleset);
// No signal to who is outside, and no abstract socket of theirs; else it bounds nothing. REQUIRES:
// the same.
bool EnterScopes();

}  // namespace plumbline::sandbox
