// SPDX-License-Identifier: MIT
// A grade that was kept, in another form. Exit status: 0; 2 when it is no grade.
#include <map>
#include <set>
#include <utility>

#include "base/io.h"
#include "cli/class_report.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/recording_files.h"
#include "cli/reporting.h"
#include "report/json.h"

namespace plumbline::cli {
namespace {

constexpr Bytes kMostOfGrade = MiB(64);

Outcome<report::GradeDocument> ReadGrade(const std::filesystem::path& file) {
  const Result<std::string> text =
      file == "-" ? ReadAll(0, kMostOfGrade) : ReadFile(file, kMostOfGrade);
  if (!text)
    return Refuse(text.error().message,
                  "give what plumbline check --json or --report json=FILE wrote");
  Result<report::GradeDocument> grade = report::GradeFromJson(*text);
  if (!grade) return Refuse(file.string() + ": " + grade.error().message, grade.error().hint);
  return *std::move(grade);
}

// Those of the grade's scenarios. Of other exercises none can be: that is somebody's mistake.
Outcome<evaluate::Recordings> RecordingsOf(const report::GradeDocument& grade,
                                           const std::filesystem::path& folder) {
  evaluate::Recordings kept;
  if (folder.empty()) return kept;
  TRY_ASSIGN(std::vector<record::Recording> all, ReadRecordings({folder}));
  for (record::Recording& recording : all) {
    if (recording.header.exercise_hash != grade.exercise_hash)
      return Refuse(folder.string() + ": the recording of '" + recording.header.scenario +
                        "' is of another exercise than the grade",
                    "give the folder that the same check --record kept");
    kept[recording.header.scenario].push_back(std::move(recording));
  }
  return kept;
}

// What was graded, and nothing that was changed since.
Outcome<report::Sources> SourcesAt(const std::filesystem::path& path,
                                   const report::GradeDocument& grade) {
  if (path.empty()) return report::Sources();
  TRY_ASSIGN(const build::Submission submission, ReadSubmissionAt(path));
  if (submission.hash != grade.submission.hash)
    return Refuse(path.string() + ": this is not what was graded, or it was changed since",
                  "give the submission as it was, or leave --submission out");
  return SourcesOf(submission);
}

}  // namespace

Outcome<Exit> RunReport(const Options& options) {
  if (options.format == kClass) return ReportClass(options);
  TRY_ASSIGN(const report::GradeDocument grade, ReadGrade(options.grade));
  TRY_ASSIGN(const evaluate::Recordings recordings, RecordingsOf(grade, options.recordings_folder));
  TRY_ASSIGN(const report::Sources sources, SourcesAt(options.submission, grade));
  const report::Translator translator =
      TranslatorFor(options.lang.empty() ? grade.lang : options.lang);
  if (translator.lang() != grade.lang)
    Tell("plumbline: note: findings stay in the language of the grade, " + grade.lang + "\n");
  const spec::Exercise unknown;
  TRY(WriteReport(*report::FormatNamed(options.format), options.output,
                  {grade, unknown, recordings, sources, translator}, options));
  return Exit::kPassed;
}

}  // namespace plumbline::cli
