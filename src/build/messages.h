// SPDX-License-Identifier: MIT
// What compilers, linkers, make, bash and our Python checker write -> diagnostics with a place, and
// the rest as it was. Text and not GCC's JSON, which is worth nothing once it is cut, is only
// written when the compiler lives to its end, and which the linker and make do not speak.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "build/build.h"

namespace plumbline::build {

struct Messages {
  std::vector<Diagnostic> diagnostics;  // in the order of writing, none twice, at most 200
  std::string log;                      // the other lines
};

// Paths of files in /program or /lab come out relative to the submission, also where make had
// changed its directory.
Messages ParseMessages(std::string_view output);

}  // namespace plumbline::build
