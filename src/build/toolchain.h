// SPDX-License-Identifier: MIT
// One way to build: what it needs and how it is done. Each has a file of its own; ToolchainFor() is
// the list of them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "build/build.h"
#include "build/limits.h"
#include "build/tools.h"
#include "build/workshop.h"

namespace plumbline::build {

struct Toolchain {
  std::span<const Tool> tools;
  // All that decides what comes out, besides sources and tools: a part of the key in the cache.
  std::string recipe;
  // REQUIRES: the tools are there.
  std::function<Result<Report>(const Request&, const Limits&)> build;
};

Toolchain GccToolchain();     // c
Toolchain GxxToolchain();     // cpp
Toolchain MakeToolchain();    // either, with a Makefile
Toolchain PythonToolchain();  // py
Toolchain BashToolchain();    // sh

Result<Toolchain> ToolchainFor(const Request& request);

// Puts a report together, tool by tool.
class ReportBuilder {
 public:
  // Parses what a tool said; false when it failed, and then the report is one of failure, with
  // words for the limits that stopped it. `command`: as a person would type it.
  bool AddRun(const std::string& command, const ToolRun& run, const Limits& limits);
  // The student's mistake, of no place.
  void AddError(std::string message);
  void AddProgram(const std::string& name, Runnable program);
  bool ok() const { return report_.ok; }
  // Without a program when something failed.
  Report Finish() &&;

 private:
  void AddDiagnostic(Diagnostic diagnostic);
  void AddLog(const std::string& text);

  Report report_{.ok = true};
};

// "no source file of program 'server': looked for server*".
std::string NoSources(const ProgramSources& program);

// "a b c"; words that a shell would change are quoted.
std::string CommandLine(const std::vector<std::string>& words);

// A path that no tool takes for an option or for a file with options in it (gcc's @FILE).
std::string AsArgument(const std::string& path);

}  // namespace plumbline::build
