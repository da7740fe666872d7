// SPDX-License-Identifier: MIT
#include "build/build.h"

#include <algorithm>
#include <string_view>

#include "base/hash.h"
#include "build/cache.h"
#include "build/limits.h"
#include "build/sources.h"
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

// Of all that decides what comes out. The recipe and the tools' identity come from the toolchain.
std::string KeyOf(const Request& request, const std::string& recipe, const std::string& tools) {
  Hasher hasher;
  const auto add_all = [&hasher](const std::vector<std::string>& texts) {
    hasher.Add(std::to_string(texts.size()));
    for (const std::string& text : texts) hasher.Add(text);
  };
  hasher.Add(recipe).Add(tools).Add(request.language).Add(HashOf(request.submission.files));
  add_all(request.hidden_paths);
  for (const ProgramSources& program : request.programs) {
    hasher.Add(program.name);
    add_all(program.files);
  }
  return hasher.Finish();
}

}  // namespace

Result<Report> Build(const Request& request) { return Build(request, Limits()); }

Result<Report> Build(const Request& request, const Limits& limits) {
  TRY(CheckRequest(request));
  TRY_ASSIGN(const Toolchain toolchain, ToolchainFor(request));
  TRY_ASSIGN(const std::string tools, IdentifyTools(toolchain.tools));
  const Cache cache(request.cache);
  const std::string key = KeyOf(request, toolchain.recipe, tools);
  if (std::optional<Report> kept = cache.Find(key)) return *std::move(kept);
  TRY_ASSIGN(Report report, toolchain.build(request, limits));
  // A failure may be of the day (a limit, on a loaded machine); it is tried again.
  if (report.ok) cache.Keep(key, report);
  return report;
}

}  // namespace plumbline::build
