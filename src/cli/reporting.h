// SPDX-License-Identifier: MIT
// Where grades go: standard output, and the files of --report.
#pragma once

#include <filesystem>
#include <optional>

#include "cli/grading.h"
#include "cli/options.h"
#include "cli/stop.h"
#include "report/formats.h"
#include "spec/exercise.h"

namespace plumbline::cli {

// Into `lang`; "": into the environment's language.
report::Translator TranslatorFor(const std::string& lang);

// What a report is made of, but for where it goes.
struct Reportable {
  const report::GradeDocument& grade;
  const spec::Exercise& exercise;
  const evaluate::Recordings& recordings;
  const report::Sources& sources;
  const report::Translator& translator;
};

// Standard output gets the grade for the terminal, or with --json the JSON document and nothing
// else. One report that cannot be written keeps no other from it. With `before` the terminal gets
// what changed since that grade, which then becomes this one; nothing in it: all is told.
Outcome<void> TellGrade(const Graded& graded, const spec::Exercise& exercise,
                        const build::Submission& submission, const Options& options,
                        std::optional<report::GradeDocument>* before = nullptr);

// The text of each file.
report::Sources SourcesOf(const build::Submission& submission);

// One report, to `file` or, without one, to standard output. For GitHub the job's summary is
// appended to the file that GITHUB_STEP_SUMMARY names.
Status WriteReport(const report::Format& format, const std::filesystem::path& file,
                   const Reportable& reportable, const Options& options);

}  // namespace plumbline::cli
