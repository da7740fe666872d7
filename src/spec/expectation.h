// SPDX-License-Identifier: MIT
// wrong/NAME/expect.yaml -> what that wrong submission must lose, or every mistake in it.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "spec/diagnostic.h"
#include "spec/exercise.h"

namespace plumbline::spec {

struct Expectation {
  std::vector<std::string> loses;              // ids of checks that fail or are not reached
  std::map<std::string, std::string> finding;  // of some of them, the code of the finding
};

struct ExpectationResult {
  Expectation expectation;  // complete only without diagnostics
  Diagnostics diagnostics;  // in the file's order
  std::string source;       // the text read, for Format()
  bool ok() const { return diagnostics.empty(); }
};

// `file` is read, and held against the exercise, which was loaded with the same `kinds`.
ExpectationResult LoadExpectation(const std::filesystem::path& file, const Exercise& exercise,
                                  std::span<const KindTable> kinds);
// The same on a text; `file` names it in diagnostics.
ExpectationResult ReadExpectation(const std::string& text, const std::string& file,
                                  const Exercise& exercise, std::span<const KindTable> kinds);

// The folders KIND/NAME of an exercise, by name; `kind`: "solutions", "starter" or "wrong".
std::vector<std::filesystem::path> ProgramsIn(const std::filesystem::path& exercise,
                                              const std::string& kind);

}  // namespace plumbline::spec
