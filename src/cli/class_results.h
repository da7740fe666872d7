// SPDX-License-Identifier: MIT
// Between grades and the gradebook: what the commands about a class have in common.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/grading.h"
#include "cli/options.h"
#include "cli/stop.h"
#include "evaluate/grade.h"
#include "gradebook/gradebook.h"
#include "report/grade_document.h"
#include "report/options.h"
#include "report/translator.h"
#include "spec/exercise.h"

namespace plumbline::cli {

// Stops with kUsage for a file that is no gradebook; with kMachine for a disk that fails. Unless
// `make`, also for one that is not there.
Outcome<gradebook::Gradebook> OpenGradebook(const std::filesystem::path& file, bool make);

// By scenario, the hash of all that its runs depend on but for the submission: not of where it
// stands in the file, nor of the checks.
std::map<std::string, std::string> HashesOfScenarios(const spec::Exercise& exercise);

// Grades of an exercise as rows of a gradebook. What is the same of all of them is made once.
class Rows {
 public:
  // `lang`: of what is told. The exercise outlives it.
  Rows(const spec::Exercise& exercise, const std::string& lang);

  // A grade without points is an error, with what the machine failed at.
  gradebook::ResultRow Of(const evaluate::Grade& grade) const;
  // Of what got none: an error, or refused.
  gradebook::ResultRow Of(const Stop& stop) const;
  const spec::Exercise& exercise() const { return exercise_; }
  // HashesOfScenarios() of the exercise.
  const std::map<std::string, std::string>& scenarios() const { return scenarios_; }

 private:
  const spec::Exercise& exercise_;
  const report::ReportOptions options_;
  const report::Translator translator_;
  const std::map<std::string, std::string> scenarios_;
};

// The hash of what cannot be read.
inline constexpr const char* kUnreadable = "unreadable";

// Not the submission's fault: there is no grade, and never a zero for it.
bool FailedByMachine(const Stop& stop);
bool FailedByMachine(const Outcome<Graded>& graded);

// Puts what came of an attempt into the gradebook, and gives it: a grade with its recordings, or
// why there is none.
Outcome<gradebook::ResultRow> PutOutcome(gradebook::Gradebook& book, int64_t attempt,
                                         const Rows& rows, const Outcome<Graded>& graded);

// What an attempt's kept runs come to by the exercise, whose scenarios are those that were run:
// `kept` is its grade. Nothing if there are no runs of a program that was built.
Outcome<std::optional<Graded>> GradeKept(gradebook::Gradebook& book,
                                         const gradebook::AttemptRow& attempt,
                                         const report::GradeDocument& kept,
                                         const spec::Exercise& exercise, const Options& options);

// Who of those that are known is meant by an id, a name or an address: as they have her, else as it
// is.
gradebook::Student AsKnown(const std::vector<gradebook::Student>& known,
                           const gradebook::Student& student);

// Who is in the class; nobody if `file` is empty.
Outcome<std::vector<gradebook::Student>> ReadRoster(const std::filesystem::path& file);

}  // namespace plumbline::cli
