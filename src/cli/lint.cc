// SPDX-License-Identifier: MIT
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/document.h"

namespace plumbline::cli {
namespace {

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

// What is right but cannot be run by this version is no mistake of the file's.
std::string AsNotes(const spec::Diagnostics& diagnostics) {
  std::string text;
  for (const spec::Diagnostic& d : diagnostics) {
    text += d.file + ":" + std::to_string(d.mark.line) + ":" + std::to_string(d.mark.column) +
            ": note: " + d.message + "\n";
  }
  return text;
}

}  // namespace

Outcome<Exit> RunLint(const Options& options) {
  auto document = nlohmann::ordered_json::array();
  bool all_right = true;
  for (const std::string& word : options.exercises) {
    TRY_ASSIGN(const std::filesystem::path folder, FindExercise(word, ExerciseRoots(options)));
    const spec::LoadResult loaded = LoadExerciseIn(folder);
    const std::string file = (folder / "exercise.yaml").string();
    const spec::Diagnostics notes =
        loaded.ok() ? spec::NotRunnable(loaded.exercise, file) : spec::Diagnostics();
    all_right = all_right && loaded.ok();
    if (options.json) {
      Add(document, loaded.diagnostics, "error");
      Add(document, notes, "note");
    } else if (loaded.ok()) {
      Tell(AsNotes(notes));
      Print(word + ": no mistakes\n");
    } else {
      Tell(FormatAll(loaded.diagnostics, loaded.source) + "\n");
    }
  }
  if (options.json) PrintDocument(document);
  return all_right ? Exit::kPassed : Exit::kUsage;
}

}  // namespace plumbline::cli
