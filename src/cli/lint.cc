// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/document.h"
#include "cli/isolation.h"
#include "graders/builtin.h"
#include "spec/expectation.h"

namespace plumbline::cli {
namespace {

// What is said of one exercise: of its file, and of what its wrong submissions must lose.
struct Report {
  spec::Diagnostics mistakes;
  spec::Diagnostics notes;  // what is right but hardly meant so
  std::string text;         // the mistakes, with carets
};

void AddMistakes(Report& report, const spec::Diagnostics& mistakes, const std::string& source) {
  if (!mistakes.empty()) report.text += FormatAll(mistakes, source) + "\n";
  report.mistakes.insert(report.mistakes.end(), mistakes.begin(), mistakes.end());
}

Report Look(const std::filesystem::path& folder) {
  Report report;
  const spec::LoadResult loaded = LoadExerciseIn(folder);
  AddMistakes(report, loaded.diagnostics, loaded.source);
  // Expectations are held against the exercise, so a faulty one says nothing of them.
  if (!loaded.ok()) return report;
  const std::string file = (folder / "exercise.yaml").string();
  report.notes = spec::Dubious(loaded.exercise, graders::KindTables(), file);
  if (const auto need = NeedOfNamespaces(loaded.exercise))
    report.notes.push_back({file, need->mark, "needs-isolation-b",
                            "isolation C cannot run this exercise: " + need->reason, ""});
  for (const std::filesystem::path& wrong : spec::ProgramsIn(folder, "wrong")) {
    const auto expectation =
        spec::LoadExpectation(wrong / "expect.yaml", loaded.exercise, graders::KindTables());
    AddMistakes(report, expectation.diagnostics, expectation.source);
  }
  return report;
}

void Add(nlohmann::ordered_json& document, const spec::Diagnostics& diagnostics,
         const char* severity) {
  for (const spec::Diagnostic& d : diagnostics) {
    document.push_back({{"file", d.file},
                        {"line", d.mark.line},
                        {"column", d.mark.column},
                        {"severity", severity},
                        {"code", d.code},
                        {"message", d.message},
                        {"hint", d.hint}});
  }
}

std::string AsNotes(const spec::Diagnostics& diagnostics) {
  std::string text;
  for (const spec::Diagnostic& d : diagnostics) {
    text += d.file + ":" + std::to_string(d.mark.line) + ":" + std::to_string(d.mark.column) +
            ": note: " + d.message + " [" + d.code + "]\n";
  }
  return text;
}

std::string Summary(const std::string& word, const Report& report) {
  const size_t count = report.mistakes.size();
  if (count == 0) return word + ": no mistakes\n";
  return word + ": " + std::to_string(count) + (count == 1 ? " mistake\n" : " mistakes\n");
}

}  // namespace

Outcome<Exit> RunLint(const Options& options) {
  auto document = nlohmann::ordered_json::array();
  bool all_right = true;
  for (const std::string& word : options.exercises) {
    TRY_ASSIGN(const std::filesystem::path folder, FindExercise(word, ExerciseRoots(options)));
    const Report report = Look(folder);
    all_right = all_right && report.mistakes.empty();
    if (options.json) {
      Add(document, report.mistakes, "error");
      Add(document, report.notes, "note");
    } else {
      Tell(report.text + AsNotes(report.notes));
      Print(Summary(word, report));
    }
  }
  if (options.json) PrintDocument(document);
  return all_right ? Exit::kPassed : Exit::kUsage;
}

}  // namespace plumbline::cli
