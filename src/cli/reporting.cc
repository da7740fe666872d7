// SPDX-License-Identifier: MIT
#include "cli/reporting.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>

#include "cli/console.h"
#include "cli/output_file.h"
#include "cli/surroundings.h"
#include "report/changes.h"
#include "report/markdown.h"
#include "report/options.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

using Audience = report::ReportOptions::Audience;

// In a file colours are there only if they were asked for outright.
report::ReportOptions OptionsFor(const std::filesystem::path& file,
                                 const report::GradeDocument& grade, const Options& options) {
  const bool here = file.empty();
  return {.lang = grade.lang,
          .audience = grade.audience,
          .colour =
              here ? report::WantsColour(options.color, STDOUT_FILENO) : options.color == "always",
          .width = here ? report::WidthOf(STDOUT_FILENO) : 80};
}

// GitHub shows nothing at all of a step's summary that is longer.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
constexpr uintmax_t kLongestSummary = uintmax_t{1024} * 1024;

Status AppendSummary(const report::Reported& reported) {
  const std::string file = FromEnvironment("GITHUB_STEP_SUMMARY");
  if (file.empty()) return {};
  std::error_code none;
  const uintmax_t size = std::filesystem::file_size(file, none);
  const uintmax_t used = none ? 0 : std::min(size, kLongestSummary);
  Status appended = AppendToFile(file, report::MarkdownWithin(reported, kLongestSummary - used));
  if (!appended && appended.error().hint.empty())
    appended.error().hint = "GITHUB_STEP_SUMMARY names it: give a file that can be written";
  return appended;
}

}  // namespace

report::Translator TranslatorFor(const std::string& lang) {
  return report::Translator(report::ChooseLanguage(lang), report::CatalogueFolders(OwnPath()));
}

Status WriteReport(const report::Format& format, const std::filesystem::path& file,
                   const Reportable& reportable, const Options& options) {
  const report::ReportOptions how = OptionsFor(file, reportable.grade, options);
  TRY_ASSIGN(const report::Around around, Surroundings(options.submission));
  const report::Reported reported{reportable.grade,
                                  reportable.exercise,
                                  reportable.recordings,
                                  reportable.sources,
                                  how,
                                  reportable.translator,
                                  around};
  TRY_ASSIGN(const std::string text, format.make(reported));
  if (file.empty()) {
    Print(text);
  } else {
    TRY(WriteOutputFile(file, text));
  }
  return format.name == "github" ? AppendSummary(reported) : Status();
}

report::Sources SourcesOf(const build::Submission& submission) {
  report::Sources sources;
  for (const build::SourceFile& file : submission.files) sources.emplace(file.path, file.content);
  return sources;
}

namespace {

Status TellChanges(const report::GradeDocument& before, const Reportable& now,
                   const Options& options) {
  const report::Changes changes = report::ChangedSince(before, now.grade);
  const Reportable changed{changes.grade, now.exercise, now.recordings, now.sources,
                           now.translator};
  TRY(WriteReport(*report::FormatNamed("terminal"), "", changed, options));
  if (changes.same > 0)
    Print(now.translator.Tell(
              evaluate::Msg("As before: {count} checks.", {{"count", changes.same}})) +
          "\n");
  return {};
}

}  // namespace

Outcome<void> TellGrade(const Graded& graded, const spec::Exercise& exercise,
                        const build::Submission& submission, const Options& options,
                        std::optional<report::GradeDocument>* before) {
  const report::Translator translator = TranslatorFor(options.lang);
  const report::ReportOptions how{
      .lang = translator.lang(),
      .audience = options.teacher ? Audience::kTeacher : Audience::kStudent};
  const report::GradeDocument grade = report::DocumentOf(graded.grade, Version(), how, translator);
  const report::Sources sources = SourcesOf(submission);
  const Reportable reportable{grade, exercise, graded.recordings, sources, translator};
  if (before != nullptr && *before && !options.json) {
    TRY(TellChanges(**before, reportable, options));
  } else {
    TRY(WriteReport(*report::FormatNamed(options.json ? "json" : "terminal"), "", reportable,
                    options));
  }
  FlushOutput();  // a report may go to the same place
  Status all;
  for (const auto& [name, file] : options.reports) {
    Status one = WriteReport(*report::FormatNamed(name), file, reportable, options);
    if (all && !one) all = std::move(one);
  }
  TRY(all);
  if (before != nullptr) *before = grade;
  return {};
}

}  // namespace plumbline::cli
