// SPDX-License-Identifier: MIT
#include "report/markdown.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
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

  std::string Write(size_t most) {
    const std::string mark = "## " + MarkdownText(TitleOf(grade_)) + "\n\n**" +
                             MarkdownText(SumOf(grade_, translator_)) + "**\n\n";
    if (mark.size() + kRoomForNote > most) return mark.size() <= most ? mark : "";
    room_ = most - kRoomForNote;
    (void)Fits(mark);
    size_t left_out = 0;
    for (const std::string& error : ErrorsOf(grade_))
      left_out += Fits(MarkdownBlock(error) + "\n") ? 0 : 1;
    left_out += Fits(Table()) ? 0 : 1;
    for (const Case& one : cases_) {
      if (one.verdict == Verdict::kPassed) continue;
      if (left_out > 0 || !Fits(Section(one))) ++left_out;
    }
    if (left_out > 0) out_ += LeftOut(left_out) + "\n";
    return std::move(out_);
  }

 private:
  static constexpr size_t kRoomForNote = 512;

  // Adds it if there is room.
  bool Fits(const std::string& text) {
    if (text.size() > room_ - out_.size()) return false;
    out_ += text;
    return true;
  }

  std::string LeftOut(size_t count) const {
    return Tell(Msg("{count} more did not fit here; a report of another form has all of it",
                    {{"count", static_cast<int>(count)}}));
  }

  std::string Tell(const evaluate::Message& message) const {
    return MarkdownText(translator_.Tell(message));
  }

  std::string Table() const {
    if (cases_.empty()) return "";
    std::string table = fmt::format("| | {} | {} |\n| --- | --- | ---: |\n", Tell(Msg("Check")),
                                    Tell(Msg("Points")));
    for (const Case& one : cases_)
      table += fmt::format("| {} {} | {} | {}/{} |\n", SignOf(one.verdict),
                           Tell(WordFor(one.verdict)), NameOf(one), one.points, one.max_points);
    return table + "\n";
  }

  static std::string NameOf(const Case& one) {
    const std::string id = "**" + MarkdownText(one.id) + "**";
    return one.title.empty() ? id : id + ": " + MarkdownText(one.title);
  }

  std::string Section(const Case& one) const {
    const std::string section =
        "### " + MarkdownText(one.Name()) + "\n\n" + MarkdownText(one.message) + "\n\n";
    if (one.text.empty()) return section;
    return section + MarkdownBlock(one.text, "text") + "\n" + Drawing(one);
  }

  // Of a failed check about descriptors, pipes, sockets or memory: what was joined then; of one
  // about processes or signals: who made, signalled and waited for whom.
  std::string Drawing(const Case& one) const {
    const auto check = std::ranges::find_if(grade_.checks, [&](const GradeDocument::Check& other) {
      return Escaped(other.id) == one.id && other.verdict == Verdict::kFailed;
    });
    if (check == grade_.checks.end()) return "";
    for (const std::string& scenario : check->scenarios) {
      const auto* run = RunOf(grade_, scenario, reported_.recordings, check->snapshot);
      if (run == nullptr) continue;
      const std::string drawing = Mermaid(*check, *run);
      return drawing.empty() ? "" : MarkdownBlock(drawing, "mermaid") + "\n";
    }
    return "";
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
  size_t room_ = 0;
  std::string out_;
};

}  // namespace

std::string MarkdownWithin(const Reported& reported, size_t most) {
  return Markdown(reported).Write(most);
}

Result<std::string> ToMarkdown(const Reported& reported) {
  return MarkdownWithin(reported, std::numeric_limits<size_t>::max());
}

}  // namespace plumbline::report
