// SPDX-License-Identifier: MIT
// The verdicts on one submission: a value, in no language yet.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "evaluate/finding.h"
#include "record/recording.h"
#include "spec/values.h"

namespace plumbline::evaluate {

enum class Verdict { kPassed, kFailed, kNotReached, kError };

struct CheckResult {
  std::string id;
  std::string kind;  // of the clause that failed, else of the first
  Verdict verdict = Verdict::kError;
  int points = 0;
  int max_points = 0;
  bool gate = false;
  bool bonus = false;
  bool hidden = false;
  spec::Localized title;
  std::vector<spec::Localized> hints;
  std::vector<std::string> scenarios;  // that it looks at
  std::string snapshot;                // at which the clause of `kind` looks; "": at none
  std::vector<Finding> findings;       // of kFailed; of kNotReached why; of kError what to do
};

struct BuildDiagnostic {
  std::string file;
  int line = 0;
  int column = 0;
  std::string severity;  // "error", "warning", "note"
  std::string message;
};
struct BuildSummary {
  bool ok = true;
  std::string command;
  bool cached = false;
  std::vector<BuildDiagnostic> diagnostics;
};

struct FailedRun {
  std::string perturbation;
  uint64_t seed = 0;
  std::string replay;  // the command
};
struct ScenarioResult {
  std::string name;
  int runs = 0;
  record::Outcome outcome = record::Outcome::kError;
  int status = 0;
  Duration virtual_time{};  // that was waited for, to a tenth of a second
  Duration real_time{};
  Duration processor_time{};  // of the programs, all runs together
  Bytes peak_memory{};        // of all processes of a run together, the most of any run
  std::optional<FailedRun> failed_run;
  std::map<std::string, int> losses;  // of the runs, by check: how many lost it, if counted
  std::optional<record::Stuck> stuck;
  std::optional<Finding> hang;  // of a run that hung: why it could not go on
  bool hidden = false;          // all that look at it are
  std::optional<Error> error;
};

struct Submission {
  std::vector<std::string> files;
  std::string hash;
};

struct Grade {
  std::string exercise;
  std::string exercise_hash;
  spec::Localized title;
  Submission submission;
  std::string language;
  std::string isolation;
  BuildSummary build;
  std::vector<ScenarioResult> scenarios;
  std::vector<CheckResult> checks;
  bool passed = false;
  std::optional<int> points;  // nothing: a check is in error, no grade is given
  int max_points = 0;
};

}  // namespace plumbline::evaluate
