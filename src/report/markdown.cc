// SPDX-License-Identifier: MIT
#include "report/markdown.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "report/cases.h"
#include "report/drawn_run.h"
#include "report/markup.h"
#include "report/mermaid.h"
#include "report/plumbing_map.h"
#include "report/words.h"

namespace plumbline::report {
namespace {

using evaluate::Msg;
using evaluate::Verdict;

const char* SignOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "✅";
    case Verdict::kFailed:
      return "❌";
    case Verdict::kNotReached:
      return "⏭️";
    case Verdict::kError:
      break;
  }
  return "⚠️";
}

class Markdown {
 public:
  explicit Markdown(const Reported& reported)
      : reported_(reported),
        grade_(reported.grade),
        translator_(reported.translator),
        cases_(CasesOf(reported.grade, reported.translator)) {}

  std::string Write() {
    out_ = "## " + MarkdownText(TitleOf(grade_)) + "\n\n";
    out_ += "**" + MarkdownText(SumOf(grade_, translator_)) + "**\n\n";
    for (const std::string& error : ErrorsOf(grade_)) out_ += MarkdownBlock(error) + "\n";
    Table();
    for (const Case& one : cases_) {
      if (one.verdict != Verdict::kPassed) Section(one);
    }
    return std::move(out_);
  }

 private:
  std::string Tell(const evaluate::Message& message) const {
    return MarkdownText(translator_.Tell(message));
  }

  void Table() {
    if (cases_.empty()) return;
    out_ += fmt::format("| | {} | {} |\n| --- | --- | ---: |\n", Tell(Msg("Check")),
                        Tell(Msg("Points")));
    for (const Case& one : cases_)
      out_ += fmt::format("| {} {} | {} | {}/{} |\n", SignOf(one.verdict),
                          Tell(WordFor(one.verdict)), NameOf(one), one.points, one.max_points);
    out_ += "\n";
  }

  static std::string NameOf(const Case& one) {
    const std::string id = "**" + MarkdownText(one.id) + "**";
    return one.title.empty() ? id : id + ": " + MarkdownText(one.title);
  }

  void Section(const Case& one) {
    out_ += "### " + MarkdownText(one.Name()) + "\n\n" + MarkdownText(one.message) + "\n\n";
    if (one.text.empty()) return;
    out_ += MarkdownBlock(one.text, "text") + "\n";
    Drawing(one);
  }

  // Of a failed check about descriptors, pipes, sockets or memory: what was joined then; of one
  // about processes or signals: who made, signalled and waited for whom.
  void Drawing(const Case& one) {
    const auto check = std::ranges::find_if(grade_.checks, [&](const GradeDocument::Check& other) {
      return Escaped(other.id) == one.id && other.verdict == Verdict::kFailed;
    });
    if (check == grade_.checks.end()) return;
    for (const std::string& scenario : check->scenarios) {
      const auto* run = RunOf(grade_, scenario, reported_.recordings, check->snapshot);
      if (run == nullptr) continue;
      const std::string drawing = Mermaid(*check, *run);
      if (!drawing.empty()) out_ += MarkdownBlock(drawing, "mermaid") + "\n";
      return;
    }
  }

  std::string Mermaid(const GradeDocument::Check& check, const record::Recording& run) const {
    const evaluate::Scene scene(reported_.exercise, run);
    const std::string topic = check.kind.substr(0, check.kind.find('.'));
    if (topic == "processes" || topic == "signals") return MermaidSequence(scene, translator_);
    const record::Snapshot* at = run.snapshot(check.snapshot);
    return at == nullptr ? "" : MermaidWiring(PlumbingAt(scene, *at, translator_));
  }

  const Reported& reported_;
  const GradeDocument& grade_;
  const Translator& translator_;
  const std::vector<Case> cases_;
  std::string out_;
};

}  // namespace

Result<std::string> ToMarkdown(const Reported& reported) { return Markdown(reported).Write(); }

}  // namespace plumbline::report
