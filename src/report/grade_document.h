// SPDX-License-Identifier: MIT
// A grade as it is told: in one language, to one audience. The value behind the JSON document
// `plumbline/grade/1` (README.md), from which every other report is made.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "evaluate/grade.h"
#include "record/event.h"
#include "record/recording.h"
#include "report/options.h"
#include "report/translator.h"

namespace plumbline::report {

// Texts are UTF-8 and otherwise whatever a submission made them: a report escapes them.
struct GradeDocument {
  struct Finding {
    std::string code;
    std::string what;
    std::vector<std::string> evidence;
    std::string why;
    std::string next;
    std::optional<record::Location> location;
    std::optional<evaluate::Comparison> comparison;
    bool operator==(const Finding&) const = default;
  };
  // The step that could not happen.
  struct Stuck {
    int step = 1;  // from 1
    std::string awaited;
    std::string instead;  // "" : nothing is known
  };
  // How many of the runs under perturbations lost a check, if that was counted.
  struct Loss {
    std::string check;
    int runs = 0;
  };
  struct Scenario {
    std::string name;
    int runs = 0;
    std::vector<Loss> losses;
    std::optional<record::Outcome> outcome;  // nullopt: it is not told
    int status = 0;
    Duration virtual_time{};
    Duration real_time{};
    Duration processor_time{};
    uint64_t peak_memory = 0;
    std::optional<evaluate::FailedRun> failed_run;
    std::optional<Finding> hang;
    std::optional<Stuck> stuck;
    std::string error;   // what the machine or the grader failed at
    bool hidden = true;  // all checks that look at it are; unknown: not told
  };
  struct Check {
    std::string id;
    std::string kind;
    evaluate::Verdict verdict = evaluate::Verdict::kError;
    int points = 0;
    int max_points = 0;
    bool gate = false;
    bool bonus = false;
    bool hidden = false;
    std::string title;
    std::vector<Finding> findings;
    std::vector<std::string> hints;  // of one that failed; students get the first
    int more_hints = 0;              // that are kept from them
    std::vector<std::string> scenarios;
    std::string snapshot;
  };

  std::string version;
  std::string exercise;
  std::string exercise_hash;
  std::string title;
  evaluate::Submission submission;
  std::string language;
  std::string lang = "en";
  ReportOptions::Audience audience = ReportOptions::Audience::kStudent;
  bool passed = false;
  std::optional<int> points;
  int max_points = 0;
  std::string isolation;
  evaluate::BuildSummary build;
  std::vector<Scenario> scenarios;
  std::vector<Check> checks;

  bool ForTeacher() const { return audience == ReportOptions::Audience::kTeacher; }
  // Whether what it found, or what happened in it, may be told.
  bool Shows(const Check& check) const { return !check.hidden || ForTeacher(); }
  bool Shows(const Scenario& scenario) const { return !scenario.hidden || ForTeacher(); }
};

// `version` is the program's. Of hidden checks students are told neither the findings nor which
// kind decided; of others, the first hint; of scenarios at which only such look the name, how many
// runs there were, how long they took, and what the machine or the grader failed at.
GradeDocument DocumentOf(const evaluate::Grade& grade, const std::string& version,
                         const ReportOptions& options, const Translator& translator);

}  // namespace plumbline::report
