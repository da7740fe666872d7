// SPDX-License-Identifier: MIT
#include "report/formats.h"

#include <algorithm>

#include "report/classroom50.h"
#include "report/ctrf.h"
#include "report/github.h"
#include "report/gradescope.h"
#include "report/html.h"
#include "report/json.h"
#include "report/junit.h"
#include "report/markdown.h"
#include "report/tap.h"
#include "report/terminal.h"
#include "report/vpl.h"

namespace plumbline::report {
namespace {

Result<std::string> Terminal(const Reported& reported) {
  return ToTerminal(reported.grade, reported.exercise, reported.recordings, reported.options,
                    reported.translator);
}
Result<std::string> Json(const Reported& reported) { return ToJson(reported.grade); }

constexpr Format kFormats[] = {
    {"terminal", "for people, as check prints it", Terminal},
    {"json", "the grade itself, plumbline/grade/1", Json},
    {"html", "a page with the runs drawn", ToHtml},
    {"markdown", "for a comment or a job's summary", ToMarkdown},
    {"junit", "JUnit XML: GitLab, Jenkins", ToJunit},
    {"github", "annotations for GitHub Actions", ToGithub},
    {"classroom50", "result.json of Classroom 50", ToClassroom50},
    {"gradescope", "results.json of Gradescope", ToGradescope},
    {"vpl", "Moodle's Virtual Programming Lab", ToVpl},
    {"tap", "the Test Anything Protocol, 14", ToTap},
    {"ctrf", "the Common Test Report Format", ToCtrf},
};

}  // namespace

std::span<const Format> Formats() { return kFormats; }

const Format* FormatNamed(std::string_view name) {
  const auto* const it = std::ranges::find(kFormats, name, &Format::name);
  return it == std::end(kFormats) ? nullptr : it;
}

std::string NamesOfFormats() {
  std::string names;
  for (const Format& format : kFormats)
    names += (names.empty() ? "" : ", ") + std::string(format.name);
  return names;
}

}  // namespace plumbline::report
