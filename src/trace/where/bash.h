// SPDX-License-Identifier: MIT
// The line that a Bash script is at, from variables that the shell exports (variables.h, shell.h of
// Bash 5).
#pragma once

#include <cstdint>
#include <optional>

#include "base/pid.h"
#include "record/event.h"

namespace plumbline::trace::where {

// Where its variables are in a shell's memory; 0: it has none of that name.
struct BashSymbols {
  uint64_t line = 0;         // line_number: LINENO
  uint64_t executing = 0;    // else it reads its script
  uint64_t builtin = 0;      // executing_builtin: how many deep it is in
  uint64_t in_text = 0;      // parse_and_execute_level: in traps, eval, $( ), files that it reads
  uint64_t in_function = 0;  // variable_context: how many calls deep it is
  uint64_t function = 0;     // this_shell_function
  uint64_t definitions = 0;  // shell_function_defs
  uint64_t script = 0;       // shell_script_filename
};

// What a shell was found doing.
struct BashState {
  std::optional<record::Location> location;  // of the command that runs
  bool in_builtin = false;                   // that command is one of its own
  // In text that counts its lines by itself, so that the line is not the script's.
  bool in_text = false;
};
BashState BashAt(HostPid task, const BashSymbols& symbols);

}  // namespace plumbline::trace::where
