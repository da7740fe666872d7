// SPDX-License-Identifier: MIT
// The forms of report: an explicit list. Each is a function of a grade and of what else it may
// tell.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "evaluate/evaluate.h"
#include "report/around.h"
#include "report/grade_document.h"
#include "report/options.h"
#include "report/translator.h"
#include "spec/exercise.h"

namespace plumbline::report {

// A submission's files: text by path.
using Sources = std::map<std::string, std::string>;

// What a report is made of. All outlive it; nothing of them is kept.
struct Reported {
  const GradeDocument& grade;
  // Those of the grade, for drawings; either may lack it.
  const spec::Exercise& exercise;
  const evaluate::Recordings& recordings;
  const Sources& sources;  // of the submission; may be empty
  const ReportOptions& options;
  const Translator& translator;
  const Around& around;
};

struct Format {
  std::string_view name;
  std::string_view summary;
  Result<std::string> (*make)(const Reported&);
};

std::span<const Format> Formats();
// nullptr if there is none.
const Format* FormatNamed(std::string_view name);
// "terminal, json, ...".
std::string NamesOfFormats();

}  // namespace plumbline::report
