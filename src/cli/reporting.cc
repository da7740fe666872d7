// SPDX-License-Identifier: MIT
#include "cli/reporting.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "cli/console.h"
#include "cli/output_file.h"
#include "report/json.h"
#include "report/options.h"
#include "report/terminal.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

struct Told {
  const Graded& graded;
  const spec::Exercise& exercise;
  const report::ReportOptions& options;
  const report::Translator& translator;
};

std::string Json(const Told& told) {
  return report::ToJson(told.graded.grade, Version(), told.options, told.translator);
}
std::string Terminal(const Told& told) {
  return report::ToTerminal(told.graded.grade, told.exercise, told.graded.recordings, told.options,
                            told.translator);
}

struct Format {
  std::string_view name;
  std::string (*make)(const Told&);
};
constexpr std::array kFormats{Format{"json", Json}, Format{"terminal", Terminal}};

// In a file colours are there only if they were asked for outright.
report::ReportOptions ForFile(report::ReportOptions options, const std::string& color) {
  options.colour = color == "always";
  options.width = 80;
  return options;
}

}  // namespace

Outcome<void> TellGrade(const Graded& graded, const spec::Exercise& exercise,
                        const Options& options) {
  using Audience = report::ReportOptions::Audience;
  const report::Translator translator(report::ChooseLanguage(options.lang),
                                      report::CatalogueFolders(OwnPath()));
  const report::ReportOptions here{
      .lang = translator.lang(),
      .audience = options.teacher ? Audience::kTeacher : Audience::kStudent,
      .colour = report::WantsColour(options.color, STDOUT_FILENO),
      .width = report::WidthOf(STDOUT_FILENO)};
  const Told told{graded, exercise, here, translator};
  Print(options.json ? Json(told) : Terminal(told));
  FlushOutput();  // a report may go to the same place
  const report::ReportOptions kept = ForFile(here, options.color);
  for (const auto& [name, file] : options.reports) {
    const auto format = std::ranges::find(kFormats, name, &Format::name);
    TRY(WriteOutputFile(file, format->make({graded, exercise, kept, translator})));
  }
  return {};
}

}  // namespace plumbline::cli
