// SPDX-License-Identifier: MIT
#include "report/html.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <ranges>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evaluate/comparison.h"
#include "report/cases.h"
#include "report/difference.h"
#include "report/html_head.h"
#include "report/layout.h"
#include "report/markup.h"
#include "report/page_data.h"
#include "report/page_files.h"
#include "report/page_source.h"
#include "report/words.h"

namespace plumbline::report {
namespace {

using evaluate::Message;
using evaluate::Msg;
using evaluate::Verdict;
using Check = GradeDocument::Check;
using Finding = GradeDocument::Finding;

const char* ClassOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kFailed:
      return "failed";
    case Verdict::kNotReached:
      return "not-reached";
    case Verdict::kError:
      break;
  }
  return "error";
}

class Page {
 public:
  explicit Page(const Reported& reported)
      : reported_(reported), grade_(reported.grade), source_(reported) {}

  // A run that nobody judged.
  std::string WriteRun() {
    Head();
    Add("<header>\n<h1>{}</h1>\n</header>\n<main>", Text(grade_.title));
    Runs();
    Add("</main>");
    Foot();
    return std::move(out_);
  }

  std::string Write() {
    Head();
    Header();
    out_ += "<main>\n";
    Checks();
    Runs();
    out_ += source_.Section(Tell(Msg("Source")));
    out_ += "</main>\n";
    Foot();
    return std::move(out_);
  }

 private:
  // --- Small parts. Whatever goes into the page goes through one of these.
  std::string Tell(const Message& message) const {
    return Text(reported_.translator.Tell(message));
  }
  static std::string Text(const std::string& text) { return XmlText(SafeLines(text)); }
  void Add(const std::string& html) { out_ += html + "\n"; }
  template <typename... Args>
  void Add(fmt::format_string<Args...> form, Args&&... args) {
    out_ += fmt::format(form, std::forward<Args>(args)...) + "\n";
  }

  void Head() {
    const std::string title = grade_.exercise.empty() ? grade_.title : TitleOf(grade_);
    out_ += HtmlHead(grade_.lang, reported_.around.token, SafeLines(title));
  }

  void Header() {
    Add("<a class=\"skip\" href=\"#checks\">{}</a>\n<header>", Tell(Msg("Skip to the checks")));
    Add("<h1>{}</h1>", Text(TitleOf(grade_)));
    const char* verdict = !grade_.points ? "error" : grade_.passed ? "passed" : "failed";
    Add("<p class=\"sum {}\">{}</p>", verdict, Text(SumOf(grade_, reported_.translator)));
    Add("<p class=\"faint\">{}</p>", Tell(Msg("Program in {language}, isolation {isolation}",
                                              {{"language", Escaped(grade_.language)},
                                               {"isolation", Escaped(grade_.isolation)}})));
    for (const std::string& error : ErrorsOf(grade_)) Add("<p class=\"error\">{}</p>", Text(error));
    Add("</header>");
  }

  void Checks() {
    Add("<section id=\"checks\" aria-labelledby=\"checks-title\">\n<h2 id=\"checks-title\">{}</h2>",
        Tell(Msg("Checks")));
    Build();
    for (size_t i = 0; i < grade_.checks.size(); ++i) One(grade_.checks[i], i);
    Add("</section>");
  }

  void Build() {
    if (grade_.build.ok && grade_.build.diagnostics.empty()) return;
    Add("<article class=\"check {}\">\n<h3>{}</h3>", grade_.build.ok ? "" : "failed",
        Tell(grade_.build.ok ? Msg("Your program was built; the compiler has remarks:")
                             : Msg("Your program could not be built. The compiler's words:")));
    std::string words;
    if (!grade_.build.command.empty()) words = "$ " + Escaped(grade_.build.command, 1000) + "\n";
    for (const auto& diagnostic : grade_.build.diagnostics) words += TextOf(diagnostic) + "\n";
    Add("<pre tabindex=\"0\">{}</pre>\n</article>", XmlText(words));
  }

  void One(const Check& check, size_t number) {
    Add("<article class=\"check {}\" id=\"check-{}\">", ClassOf(check.verdict), number);
    std::string name = "<code>" + Text(check.id) + "</code>";
    if (!check.title.empty()) name += " " + Text(check.title);
    if (check.bonus) name += " " + Tell(Msg("(bonus)"));
    if (check.gate) name += " " + Tell(Msg("(no points without it)"));
    Add("<h3><span class=\"badge\">{}</span> <span class=\"name\">{}</span> "
        "<span class=\"points\">{}/{}</span></h3>",
        Tell(WordFor(check.verdict)), name, check.points, check.max_points);
    if (check.verdict != Verdict::kPassed) Why(check);
    Add("</article>");
  }

  void Why(const Check& check) {
    if (!grade_.Shows(check)) {
      Add("<p>{}</p>", Tell(Msg("What it found is shown after the grading.")));
      return;
    }
    for (const Finding& finding : check.findings) One(finding);
    if (!check.hints.empty()) {
      Add("<dl>");
      for (const std::string& hint : check.hints)
        Row(Msg("Hint"), XmlText(HintOf(check, hint, reported_.translator)));
      Add("</dl>");
    }
    Link(check);
  }

  void One(const Finding& finding) {
    Add("<p class=\"what\">{}</p>\n<dl>", Text(finding.what));
    std::string evidence;
    for (const std::string& one : finding.evidence) evidence += "<li>" + Text(one) + "</li>";
    if (!evidence.empty()) Row(Msg("Evidence"), "<ul>" + evidence + "</ul>");
    if (!finding.why.empty()) Row(Msg("Likely cause"), Text(finding.why));
    if (!finding.next.empty()) Row(Msg("Next step"), Text(finding.next));
    if (finding.location) Row(Msg("Where"), Place(*finding.location));
    Add("</dl>");
    if (finding.comparison) One(*finding.comparison);
  }

  // Signs and words as well as colours; a newline that is missing is said.
  void One(const evaluate::Comparison& comparison) {
    std::string rows;
    int number = comparison.line;
    for (const DifferingLine& line : LineByLine(comparison)) {
      const bool got = line.side == DifferingLine::Side::kGot;
      const bool both = line.side == DifferingLine::Side::kBoth;
      rows += fmt::format(
          "<tr class=\"{}\"><td>{}</td><td>{}</td><td><code>{}</code>{}</td></tr>\n",
          both  ? ""
          : got ? "got"
                : "expected",
          got ? "" : std::to_string(number),
          both  ? ""
          : got ? "+ " + Tell(Msg("got"))
                : "− " + Tell(Msg("expected")),
          Marked(line), line.newline ? "" : " <em>" + Tell(Msg("no newline at the end")) + "</em>");
      if (!got) ++number;
    }
    Add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">"
        "<table class=\"diff\"><caption>{0}</caption>\n{1}</table></div>",
        Tell(Msg("Line by line")), rows);
    const size_t most = std::max(comparison.expected.size(), comparison.got.size());
    if (comparison.cut || most > evaluate::kMostLinesCompared)
      Add("<p class=\"faint\">{}</p>", Tell(Msg("only the beginning is kept")));
  }

  // What is not in the other line too is marked.
  static std::string Marked(const DifferingLine& line) {
    if (line.side == DifferingLine::Side::kBoth || line.same_before + line.same_after == 0 ||
        line.same_before + line.same_after >= line.text.size())
      return XmlText(line.text);
    const std::string_view text = line.text;
    const size_t end = text.size() - line.same_after;
    return XmlText(text.substr(0, line.same_before)) + "<mark>" +
           XmlText(text.substr(line.same_before, end - line.same_before)) + "</mark>" +
           XmlText(text.substr(end));
  }

  void Row(const Message& label, const std::string& html) {
    Add("<dt>{}</dt><dd>{}</dd>", Tell(label), html);
  }

  std::string Place(const record::Location& where) const {
    const std::string text = Text(PlaceOf(where, reported_.translator));
    const std::string anchor = source_.AnchorOf(where);
    return anchor.empty() ? text : fmt::format("<a href=\"#{}\">{}</a>", anchor, text);
  }

  // To the run that it looked at, at its snapshot.
  void Link(const Check& check) {
    for (const std::string& scenario : check.scenarios) {
      if (!reported_.recordings.contains(scenario)) continue;
      Add("<p><a class=\"to-run\" href=\"#runs\" data-scenario=\"{}\" "
          "data-snapshot=\"{}\">{}</a></p>",
          XmlText(Escaped(scenario)), XmlText(Escaped(check.snapshot)),
          Tell(Msg("See what happened in '{scenario}'", {{"scenario", Escaped(scenario)}})));
      return;
    }
  }

  // Scripts draw them.
  void Runs() {
    const auto shows = [&](const auto& scenario) { return grade_.Shows(scenario); };
    if (std::ranges::none_of(grade_.scenarios, shows)) return;
    Add("<section id=\"runs\" aria-labelledby=\"runs-title\">\n<h2 id=\"runs-title\">{}</h2>",
        Tell(Msg("Runs")));
    Add("<ul class=\"outcomes\">");
    for (const auto& scenario : grade_.scenarios | std::views::filter(shows)) {
      std::string text = "<strong>" + Text(scenario.name) + "</strong> " + Tell(WordsFor(scenario));
      if (scenario.virtual_time > Duration::zero())
        text += ", " + Tell(Msg("after {time}", {{"time", ToString(scenario.virtual_time)}}));
      if (scenario.hang) text += ". " + Text(scenario.hang->what);
      if (scenario.failed_run)
        text += (text.ends_with('.') ? " " : ". ") +
                Tell(Msg("repeat it with: {command}",
                         {{"command", Escaped(scenario.failed_run->replay, 1000)}}));
      Add("<li data-scenario=\"{}\">{}</li>", XmlText(Escaped(scenario.name)), text);
    }
    Add("</ul>\n<div id=\"drawings\"></div>\n</section>");
  }

  void Foot() {
    Add("<footer class=\"faint\">plumbline {}</footer>", Text(grade_.version));
    Add("<script type=\"application/json\" id=\"data\">{}</script>", PageData(reported_));
    Add("<script nonce=\"{}\">\n'use strict';\n{}</script>\n</body>\n</html>",
        XmlText(reported_.around.token), kPageScript);
  }

  const Reported& reported_;
  const GradeDocument& grade_;
  const PageSource source_;
  std::string out_;
};

Result<std::string> Written(const Reported& reported, std::string (Page::*write)()) {
  if (reported.around.token.empty()) return Fail("html: there is no token for the page's scripts");
  Page page(reported);
  return (page.*write)();
}

}  // namespace

Result<std::string> ToHtml(const Reported& reported) { return Written(reported, &Page::Write); }

Result<std::string> TraceToHtml(const record::Recording& recording, const std::string& title,
                                const std::string& version, const Translator& translator,
                                const Around& around) {
  GradeDocument grade;
  grade.version = version;
  grade.title = title;
  grade.lang = translator.lang();
  auto& scenario = grade.scenarios.emplace_back();
  scenario.name = recording.header.scenario;
  scenario.outcome = recording.outcome;
  scenario.status = recording.status;
  scenario.virtual_time = recording.virtual_time;
  scenario.hidden = false;
  const spec::Exercise none;
  const evaluate::Recordings runs{{scenario.name, {recording}}};
  const ReportOptions options{.lang = grade.lang};
  const Sources sources;
  const Reported reported{grade, none, runs, sources, options, translator, around};
  return Written(reported, &Page::WriteRun);
}

}  // namespace plumbline::report
