// SPDX-License-Identifier: MIT
// EXERCISE/mutants.yaml -> the mutants of solutions that may live, each with the teacher's reason,
// or every mistake in it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "spec/diagnostic.h"
#include "spec/source.h"

namespace plumbline::spec {

struct Waiver {
  std::string solution;  // a folder below solutions/
  std::string mutant;    // record/mutation.h
  std::string reason;
  Mark mark;
};

struct WaiversResult {
  std::vector<Waiver> waivers;  // complete only without diagnostics
  Diagnostics diagnostics;      // in the file's order
  std::string source;           // the text read, for Format()
  bool ok() const { return diagnostics.empty(); }
};

// A file that is not there waives nothing.
WaiversResult LoadWaivers(const std::filesystem::path& file);
// The same on a text; `file` names it in diagnostics.
WaiversResult ReadWaivers(const std::string& text, const std::string& file);

}  // namespace plumbline::spec
