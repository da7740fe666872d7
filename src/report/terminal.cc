// SPDX-License-Identifier: MIT
#include "report/terminal.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evaluate/scene.h"
#include "report/cases.h"
#include "report/drawn_run.h"
#include "report/lanes.h"
#include "report/layout.h"
#include "report/wiring.h"
#include "report/words.h"

namespace plumbline::report {
namespace {

using Check = GradeDocument::Check;
using Finding = GradeDocument::Finding;
using Scenario = GradeDocument::Scenario;
using evaluate::Message;
using evaluate::Msg;
using evaluate::Verdict;
using record::Outcome;

constexpr size_t kMostDiagnostics = 10;
constexpr size_t kIndent = 4;

Paint PaintFor(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return Paint::kGood;
    case Verdict::kFailed:
      return Paint::kBad;
    case Verdict::kNotReached:
    case Verdict::kError:
      break;
  }
  return Paint::kDoubtful;
}

// The table is of use when a run was not an ordinary one.
bool IsUnusual(const Scenario& scenario) {
  return (scenario.outcome != Outcome::kExited && scenario.outcome != Outcome::kNotBuilt) ||
         scenario.runs > 1;
}

class Terminal {
 public:
  Terminal(const GradeDocument& grade, const spec::Exercise& exercise,
           const evaluate::Recordings& recordings, const ReportOptions& options,
           const Translator& translator)
      : grade_(grade),
        exercise_(exercise),
        recordings_(recordings),
        options_(options),
        translator_(translator),
        width_(static_cast<size_t>(std::max(options.width, 0))) {}

  std::string Write() {
    Head();
    Build();
    if (grade_.build.ok) {
      Scenarios();
      for (const Check& check : grade_.checks) Tell(check);
    }
    if (!out_.ends_with("\n\n")) Blank();
    Sum();
    return std::move(out_);
  }

 private:
  // --- Small parts.
  std::string Tell(const Message& message) const { return SafeLines(translator_.Tell(message)); }
  std::string Paintly(std::string_view text, Paint paint) const {
    return Painted(text, paint, options_.colour);
  }
  void Blank() { out_ += '\n'; }
  void Line(const std::string& text, size_t indent = 0) {
    out_ += std::string(indent, ' ') + Wrapped(text, width_, indent, indent) + '\n';
  }

  // --- Parts of the report, from the top.
  void Head() {
    out_ += Paintly(Wrapped(TitleOf(grade_), width_, 0, 0), Paint::kStrong) + '\n';
    Line(Tell(
        Msg("Program in {language}, isolation {isolation}",
            {{"language", Escaped(grade_.language)}, {"isolation", Escaped(grade_.isolation)}})));
    Blank();
  }

  void Build() {
    if (grade_.build.diagnostics.empty() && grade_.build.ok) return;
    Line(Tell(grade_.build.ok ? Msg("Your program was built; the compiler has remarks:")
                              : Msg("Your program could not be built. The compiler's words:")));
    if (!grade_.build.command.empty()) out_ += "  $ " + Escaped(grade_.build.command, 1000) + '\n';
    size_t shown = 0;
    for (const evaluate::BuildDiagnostic& diagnostic : grade_.build.diagnostics) {
      if (shown++ == kMostDiagnostics) break;
      Diagnostic(diagnostic);
    }
    if (grade_.build.diagnostics.size() > kMostDiagnostics) {
      Line(Tell(Msg("… more: {count}",
                    {{"count", grade_.build.diagnostics.size() - kMostDiagnostics}})),
           2);
    }
    Blank();
  }

  // As compilers write it, so that an editor can follow it.
  void Diagnostic(const evaluate::BuildDiagnostic& diagnostic) {
    std::string place;
    if (!diagnostic.file.empty()) {
      place = Escaped(diagnostic.file) + ":";
      if (diagnostic.line > 0) place += std::to_string(diagnostic.line) + ":";
      if (diagnostic.column > 0) place += std::to_string(diagnostic.column) + ":";
      place += " ";
    }
    const bool error = diagnostic.severity == "error";
    const std::string severity =
        diagnostic.severity.empty()
            ? ""
            : Paintly(Escaped(diagnostic.severity) + ": ", error ? Paint::kBad : Paint::kDoubtful);
    std::string first = "  " + Paintly(place, Paint::kStrong) + severity;
    for (const std::string_view line : Lines(diagnostic.message)) {
      out_ += first + Escaped(line, 1000) + '\n';
      first = "    ";
    }
  }

  void Scenarios() {
    const std::vector<const Scenario*> told = ToldScenarios();
    if (std::ranges::none_of(told, [](const Scenario* one) { return IsUnusual(*one); })) return;
    Line(Tell(Msg("Runs:")));
    size_t columns = 0;
    for (const Scenario* scenario : told)
      columns = std::max(columns, Columns(Escaped(scenario->name)));
    for (const Scenario* scenario : told) Tell(*scenario, columns);
    Blank();
  }

  // Why there is no grade is told of hidden ones too: it is the machine's fault.
  std::vector<const Scenario*> ToldScenarios() const {
    std::vector<const Scenario*> told;
    for (const Scenario& scenario : grade_.scenarios) {
      if (grade_.Shows(scenario) || !scenario.error.empty()) told.push_back(&scenario);
    }
    return told;
  }

  void Tell(const Scenario& scenario, size_t columns) {
    std::string text = Tell(WordsFor(scenario));
    if (scenario.virtual_time > Duration::zero()) {
      text += ", " + Tell(Msg("after {time}", {{"time", ToString(scenario.virtual_time)}}));
    }
    if (scenario.runs > 1) text += ", " + Tell(Msg("runs: {count}", {{"count", scenario.runs}}));
    const size_t indent = 2 + columns + 2;
    out_ += "  " + Padded(Escaped(scenario.name), columns) + "  " +
            Wrapped(text, width_, indent, indent) + '\n';
    for (const GradeDocument::Loss& loss : scenario.losses) {
      Line(Tell(Msg("{check} was lost in so many of these runs: {count}",
                    {{"check", Escaped(loss.check)}, {"count", loss.runs}})),
           indent);
    }
    if (!scenario.error.empty()) Line(SafeLines(scenario.error), indent);
    if (scenario.stuck) {
      Line(scenario.stuck->instead.empty()
               ? Tell(Msg("step {number}: {step}", {{"number", scenario.stuck->step},
                                                    {"step", Escaped(scenario.stuck->awaited)}}))
               : Tell(Msg("step {number}: {step}; instead: {instead}",
                          {{"number", scenario.stuck->step},
                           {"step", Escaped(scenario.stuck->awaited)},
                           {"instead", scenario.stuck->instead}})),
           indent);
    }
    if (scenario.hang) Hang(*scenario.hang, indent);
    if (scenario.failed_run) {
      Line(Tell(Msg("repeat it with: {command}",
                    {{"command", Escaped(scenario.failed_run->replay, 1000)}})),
           indent);
    }
  }

  // Runs that hang alike tell it once.
  void Hang(const Finding& hang, size_t indent) {
    std::vector<std::string> lines = LinesOf(hang);
    if (std::ranges::find(hangs_told_, lines) != hangs_told_.end()) return;
    for (const std::string& line : lines) Line(line, indent);
    hangs_told_.push_back(std::move(lines));
  }
  // In full only where no check below tells the same.
  std::vector<std::string> LinesOf(const Finding& hang) const {
    std::vector<std::string> lines = {SafeLines(hang.what)};
    if (hang.evidence.empty() || std::ranges::any_of(grade_.checks, [&](const Check& check) {
          return Tells(check, hang.evidence.front());
        }))
      return lines;
    for (const std::string& evidence : hang.evidence) lines.push_back("- " + SafeLines(evidence));
    for (const std::string& words : {hang.why, hang.next}) {
      if (!words.empty()) lines.push_back(SafeLines(words));
    }
    return lines;
  }
  static bool Tells(const Check& check, const std::string& evidence) {
    return std::ranges::any_of(check.findings, [&](const Finding& finding) {
      return std::ranges::find(finding.evidence, evidence) != finding.evidence.end();
    });
  }

  void Tell(const Check& check) {
    size_t words = 0;
    for (const Verdict verdict :
         {Verdict::kPassed, Verdict::kFailed, Verdict::kNotReached, Verdict::kError}) {
      words = std::max(words, Columns(Tell(WordFor(verdict))));
    }
    const std::string points =
        std::to_string(check.points) + "/" + std::to_string(check.max_points);
    std::string name = SafeLines(check.title);
    name = name.empty() ? Escaped(check.id) : Escaped(check.id) + ": " + name;
    if (check.bonus) name += " " + Tell(Msg("(bonus)"));
    if (check.gate) name += " " + Tell(Msg("(no points without it)"));
    const size_t indent = words + 2 + 7;
    out_ += Paintly(Padded(Tell(WordFor(check.verdict)), words), PaintFor(check.verdict)) + "  " +
            Padded(points, 7) + Wrapped(name, width_, indent, indent) + '\n';
    if (check.verdict == Verdict::kPassed) return;
    if (!grade_.Shows(check)) {
      Line(Tell(Msg("What it found is shown after the grading.")), kIndent);
      Blank();
      return;
    }
    for (const Finding& finding : check.findings) TellOnce(check.id, finding);
    if (check.verdict == Verdict::kFailed) {
      Hints(check);
      Drawn(check);
    }
    Blank();
  }

  // One mistake often fails many checks: what was said of it is not said again.
  void TellOnce(const std::string& id, const Finding& finding) {
    std::string everything = finding.what + '\n' + finding.why + '\n' + finding.next;
    for (const std::string& evidence : finding.evidence) everything += '\n' + evidence;
    const auto [told, fresh] = told_.try_emplace(everything, id);
    if (fresh || finding.evidence.empty()) return Tell(finding);
    Labelled(Msg("What happened"), SafeLines(finding.what));
    Labelled(Msg("Evidence"),
             Tell(Msg("As for '{check}', above.", {{"check", Escaped(told->second)}})));
  }

  void Tell(const Finding& finding) {
    Labelled(Msg("What happened"), SafeLines(finding.what));
    bool first = true;
    for (const std::string& evidence : finding.evidence) {
      Labelled(first ? Msg("Evidence") : Message{}, "- " + SafeLines(evidence), 2);
      first = false;
    }
    Labelled(Msg("Likely cause"), SafeLines(finding.why));
    Labelled(Msg("Next step"), SafeLines(finding.next));
    if (finding.location) Labelled(Msg("Where"), PlaceOf(*finding.location, translator_));
  }

  // "Likely cause  text, which goes on below itself".
  void Labelled(const Message& label, const std::string& text, size_t deeper = 0) {
    if (text.empty()) return;
    const size_t columns = LabelColumns();
    const size_t indent = kIndent + columns + 2;
    out_ += std::string(kIndent, ' ') + Paintly(Padded(Tell(label), columns), Paint::kFaint) +
            "  " + Wrapped(text, width_, indent + deeper, indent) + '\n';
  }

  size_t LabelColumns() const {
    size_t columns = 0;
    for (const Message& label : {Msg("What happened"), Msg("Evidence"), Msg("Likely cause"),
                                 Msg("Next step"), Msg("Where"), Msg("Hint")}) {
      columns = std::max(columns, Columns(Tell(label)));
    }
    return columns;
  }

  void Hints(const Check& check) {
    for (const std::string& hint : check.hints)
      Labelled(Msg("Hint"), HintOf(check, hint, translator_));
  }

  // --- The drawing.
  void Drawn(const Check& check) {
    if (check.kind.starts_with("fds.") || check.kind.starts_with("pipes.")) Plumbing(check);
    if (check.kind.starts_with("processes.") || check.kind.starts_with("signals.")) TimeLine(check);
  }

  // Who made, signalled and waited for whom; of a run once.
  void TimeLine(const Check& check) {
    if (check.verdict != Verdict::kFailed || check.scenarios.empty()) return;
    const record::Recording* run =
        RunOf(grade_, check.scenarios.front(), recordings_, check.snapshot);
    if (run == nullptr || !drawn_.insert(run).second) return;
    const std::string drawing =
        Lanes(evaluate::Scene(exercise_, *run), kIndent + 2, width_, options_.colour, translator_);
    if (drawing.empty()) return;
    Blank();
    Line(Tell(Msg("Who did what to whom in '{scenario}':",
                  {{"scenario", Escaped(check.scenarios.front())}})),
         kIndent);
    out_ += drawing;
  }

  void Plumbing(const Check& check) {
    const auto seen = SnapshotOf(check);
    if (!seen.first) return;
    const evaluate::Scene scene(exercise_, *seen.first);
    const std::string drawing =
        Wiring(scene, *seen.second, kIndent + 2, width_, options_.colour, translator_);
    if (drawing.empty()) return;
    Blank();
    Line(Tell(Msg("How things were joined at '{snapshot}':",
                  {{"snapshot", Escaped(seen.second->name)}})),
         kIndent);
    out_ += drawing;
  }

  // A run of the first of the check's scenarios that has the snapshot which the failed clause
  // names.
  std::pair<const record::Recording*, const record::Snapshot*> SnapshotOf(
      const Check& check) const {
    for (const std::string& scenario : check.scenarios) {
      const record::Recording* run = RunOf(grade_, scenario, recordings_, check.snapshot);
      if (run == nullptr) continue;
      if (const record::Snapshot* at = run->snapshot(check.snapshot)) return {run, at};
    }
    return {};
  }

  // --- The end.
  void Sum() {
    if (!grade_.points) {
      Line(Paintly(Tell(Msg("No grade: something could not be judged, and not by your fault.")),
                   Paint::kDoubtful));
      return;
    }
    for (const Check& check : grade_.checks) {
      if (check.gate && check.verdict != Verdict::kPassed && grade_.build.ok) {
        Line(Tell(Msg("There are no points without the check '{check}'.",
                      {{"check", Escaped(check.id)}})));
      }
    }
    const std::string points = Tell(Msg("Points: {points} of {most}.",
                                        {{"points", *grade_.points}, {"most", grade_.max_points}}));
    Line(points + " " +
         Paintly(Tell(grade_.passed ? Msg("Passed.") : Msg("Not passed yet.")),
                 grade_.passed ? Paint::kGood : Paint::kBad));
  }

  const GradeDocument& grade_;
  const spec::Exercise& exercise_;
  const evaluate::Recordings& recordings_;
  const ReportOptions& options_;
  const Translator& translator_;
  const size_t width_;
  std::vector<std::vector<std::string>> hangs_told_;
  std::set<const record::Recording*> drawn_;
  std::string out_;
  std::map<std::string, std::string> told_;  // findings, and the check that each was first told for
};

}  // namespace

std::string ToTerminal(const GradeDocument& grade, const spec::Exercise& exercise,
                       const evaluate::Recordings& recordings, const ReportOptions& options,
                       const Translator& translator) {
  return Terminal(grade, exercise, recordings, options, translator).Write();
}

}  // namespace plumbline::report
