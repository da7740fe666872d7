// SPDX-License-Identifier: MIT
#include "build/build.h"

#include <algorithm>
#include <string_view>

#include "build/limits.h"
#include "build/toolchain.h"

namespace plumbline::build {
namespace {

// A name becomes a file's name and a word of commands.
bool IsProgramName(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !name.empty() && name.front() != '-' && name.front() != '.' &&
         std::ranges::all_of(name, allowed);
}

Status CheckRequest(const Request& request) {
  if (request.programs.empty()) return Fail("there is no program to build");
  for (const ProgramSources& program : request.programs) {
    if (!IsProgramName(program.name))
      return Fail("a program can't be called '" + program.name + "'",
                  "letters, digits, '-', '_' and '.' make a name");
  }
  return {};
}

}  // namespace

Result<Report> Build(const Request& request) { return Build(request, Limits()); }

Result<Report> Build(const Request& request, const Limits& limits) {
  TRY(CheckRequest(request));
  TRY_ASSIGN(const Toolchain toolchain, ToolchainFor(request));
  TRY_ASSIGN(const std::string tools, IdentifyTools(toolchain.tools));
  return toolchain.build(request, limits);
}

}  // namespace plumbline::build
