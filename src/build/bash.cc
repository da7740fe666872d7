// SPDX-License-Identifier: MIT
// Bash: each source is read with `bash -n`, which runs nothing.
#include "build/scripts.h"

namespace plumbline::build {
namespace {

constexpr char kInterpreter[] = "/usr/bin/bash";
constexpr Tool kTools[] = {{kInterpreter, "bash"}};

}  // namespace

Toolchain BashToolchain() {
  return ScriptToolchain({.language = "sh",
                          .interpreter = kInterpreter,
                          .tools = kTools,
                          .shown = {"bash", "-n"},
                          .checker = {kInterpreter, "-n"},
                          // What follows the first file would be the script's arguments.
                          .one_by_one = true});
}

}  // namespace plumbline::build
