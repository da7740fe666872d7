// SPDX-License-Identifier: MIT
// A grade as most formats of test results know it: a list of cases, each with a message and a text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/grade_document.h"
#include "report/translator.h"

namespace plumbline::report {

// All texts are safe to show (SafeLines); what has a meaning in a format is for that format to
// escape.
struct Case {
  std::string id;
  std::string title;  // may be empty
  evaluate::Verdict verdict = evaluate::Verdict::kError;
  std::string message;  // one line, why it is not passed; empty for passed
  std::string text;     // several lines: evidence, likely cause, next step, hints
  std::optional<record::Location> where;
  int points = 0;
  int max_points = 0;
  bool bonus = false;
  bool hidden = false;

  // "joined: Two pipes join them".
  std::string Name() const { return title.empty() ? id : id + ": " + title; }
};

// The checks. Before them, of a submission that could not be built, a failed case "build" without
// points: or all that is left would be not reached, which many readers take for well.
std::vector<Case> CasesOf(const GradeDocument& grade, const Translator& translator);

// One line: "Points: 3 of 8. Not passed yet.", or that there is no grade.
std::string SumOf(const GradeDocument& grade, const Translator& translator);
// "A chain of pipes (pipe-chain)".
std::string TitleOf(const GradeDocument& grade);
// "main.c:15, in main()".
std::string PlaceOf(const record::Location& where, const Translator& translator);

// As compilers write it: "main.c:7:12: error: ...".
std::string TextOf(const evaluate::BuildDiagnostic& diagnostic);
// Seconds, all scenarios together.
Duration TimeOf(const GradeDocument& grade);
// What the machine or the grader failed at; empty: at nothing.
std::vector<std::string> ErrorsOf(const GradeDocument& grade);

}  // namespace plumbline::report
