// SPDX-License-Identifier: MIT
// An exercise file is whatever a teacher saved: any text is an exercise or diagnostics that name a
// place in it. The same text is read as an expectation too.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "graders/builtin.h"
#include "spec/expectation.h"
#include "spec/loader.h"

namespace {

using namespace plumbline;

void CheckDiagnostics(const spec::Diagnostics& diagnostics, const std::string& source) {
  for (const spec::Diagnostic& diagnostic : diagnostics) {
    const bool whole_file = diagnostic.code == "too-large" || diagnostic.code == "empty-file";
    CHECK(whole_file || (diagnostic.mark.line >= 1 && diagnostic.mark.column >= 1));
    CHECK(!diagnostic.code.empty() && !diagnostic.message.empty());
    CHECK(!spec::Format(diagnostic, source).empty());
  }
}

void CheckExercise(const spec::Exercise& exercise) {
  CHECK(!exercise.checks.empty() && !exercise.scenarios.empty());
  for (const spec::Check& check : exercise.checks) {
    CHECK(!check.id.empty() && !check.scenarios.empty() && !check.requirements.empty());
    for (const std::string& scenario : check.scenarios)
      CHECK(exercise.scenarios.contains(scenario));
  }
  for (const auto& [name, scenario] : exercise.scenarios) CHECK(!scenario.steps.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const spec::LoadResult loaded =
      spec::LoadText(text, "exercise.yaml", "/nonexistent", graders::KindTables());
  CheckDiagnostics(loaded.diagnostics, loaded.source);
  if (loaded.ok()) CheckExercise(loaded.exercise);
  const spec::ExpectationResult expectation =
      spec::ReadExpectation(text, "expect.yaml", loaded.exercise, graders::KindTables());
  CheckDiagnostics(expectation.diagnostics, expectation.source);
  return 0;
}
