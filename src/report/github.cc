// SPDX-License-Identifier: MIT
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
#include "report/github.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "report/cases.h"
#include "report/layout.h"
#include "report/terminal.h"

namespace plumbline::report {
namespace {

using evaluate::Verdict;

constexpr int kMostOfAKind = 10;

// A command is a line, and in its properties `:` and `,` separate.
std::string CommandText(const std::string& text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%')
      out += "%25";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else if (property && c == ':')
      out += "%3A";
    else if (property && c == ',')
      out += "%2C";
    else
      out += c;
  }
  return out;
}

class Annotations {
 public:
  explicit Annotations(const Reported& reported)
      : folder_(reported.around.folder),
        cases_(CasesOf(reported.grade, reported.translator)),
        build_(reported.grade.build) {}

  std::string Write() {
    for (const evaluate::BuildDiagnostic& diagnostic : build_.diagnostics) {
      if (diagnostic.severity == "note" || diagnostic.line == 0) continue;
      Add({.level = diagnostic.severity == "error" ? "error" : "warning",
           .where = record::Location{Escaped(diagnostic.file), diagnostic.line, ""},
           .title = Escaped(diagnostic.severity),
           .message = SafeLines(diagnostic.message)});
    }
    // What cannot be built is told at its lines; only where it has none, as a linker's words, as
    // the case that stands first.
    const bool located = count_["error"] > 0;
    for (size_t i = !build_.ok && located ? 1 : 0; i < cases_.size(); ++i) {
      const Case& one = cases_[i];
      if (one.verdict == Verdict::kPassed) continue;
      Add({.level = one.verdict == Verdict::kNotReached ? "warning" : "error",
           .where = one.where,
           .title = one.Name(),
           .message = one.text.empty() ? one.message : one.message + "\n" + one.text});
    }
    return std::move(out_);
  }

 private:
  struct Annotation {
    std::string level;
    std::optional<record::Location> where;
    std::string title;
    std::string message;
  };

  void Add(const Annotation& annotation) {
    if (++count_[annotation.level] > kMostOfAKind) return;
    out_ += "::" + annotation.level + " ";
    if (annotation.where) {
      const std::string file =
          folder_.empty() ? annotation.where->file : folder_ + "/" + annotation.where->file;
      out_ += "file=" + CommandText(file, true) +
              ",line=" + std::to_string(annotation.where->line) + ",";
    }
    out_ += "title=" + CommandText(annotation.title, true) +
            "::" + CommandText(annotation.message, false) + "\n";
  }

  const std::string& folder_;
  const std::vector<Case> cases_;
  const evaluate::BuildSummary& build_;
  std::map<std::string, int> count_;
  std::string out_;
};

}  // namespace

Result<std::string> ToGithub(const Reported& reported) {
  if (reported.around.token.empty()) return Fail("github: there is no token to fence with");
  const std::string story = ToTerminal(reported.grade, reported.exercise, reported.recordings,
                                       reported.options, reported.translator);
  return "::stop-commands::" + reported.around.token + "\n" + story + "::" + reported.around.token +
         "::\n" + Annotations(reported).Write();
}

}  // namespace plumbline::report
