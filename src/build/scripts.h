// SPDX-License-Identifier: MIT
// What toolchains of interpreted languages have in common: every source is checked for syntax, and
// a program is all files of the submission with an interpreter for its main file.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "build/toolchain.h"

namespace plumbline::build {

struct ScriptLanguage {
  std::string language;
  std::string interpreter;
  std::span<const Tool> tools;
  std::vector<std::string> shown;    // the check, as a person would type it before the files
  std::vector<std::string> checker;  // the check, as it is run before the files
  bool one_by_one = false;           // a check takes one file only
};
Toolchain ScriptToolchain(const ScriptLanguage& language);

}  // namespace plumbline::build
