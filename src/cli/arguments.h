// SPDX-License-Identifier: MIT
// argv -> a command and its options. The only user of CLI11.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/options.h"

namespace plumbline::cli {

struct Invocation {
  const Command* command = nullptr;
  Options options;
};

// Nothing to run: help was asked for (status 0, for standard output), or the line is wrong (status
// 2, for standard error).
struct NoInvocation {
  Exit exit = Exit::kUsage;
  std::string text;
};

// `arguments` are those after the program's name.
std::expected<Invocation, NoInvocation> ParseArguments(std::vector<std::string> arguments);

}  // namespace plumbline::cli
