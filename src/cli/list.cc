// SPDX-License-Identifier: MIT
#include <algorithm>
#include <numeric>
#include <set>

#include "base/text.h"
#include "cli/catalogue.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/document.h"
#include "report/layout.h"
#include "report/translator.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> RootsToList(const Options& options) {
  return options.directory.empty() ? ExerciseRoots(options) : std::vector{options.directory};
}

// An id found in an earlier root hides the same one in a later root, as it does for `check`.
std::vector<fs::path> FoldersToList(const std::vector<fs::path>& roots) {
  std::vector<fs::path> folders;
  std::set<std::string> seen;
  for (const fs::path& root : roots) {
    for (const fs::path& folder : ExercisesIn(root)) {
      if (seen.insert(folder.filename()).second) folders.push_back(folder);
    }
  }
  return folders;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

void PrintTable(const std::vector<spec::Exercise>& exercises, const std::string& lang) {
  size_t id = 0, topic = 0, languages = 0;
  for (const spec::Exercise& exercise : exercises) {
    id = std::max(id, exercise.id.size());
    topic = std::max(topic, exercise.topic.size());
    languages = std::max(languages, Joined(exercise.languages).size());
  }
  for (const spec::Exercise& exercise : exercises) {
    Print(report::Padded(exercise.id, id + 2) + report::Padded(exercise.topic, topic + 2) +
          report::Padded(Joined(exercise.languages), languages + 2) +
          spec::In(exercise.title, lang) + "\n");
  }
}

void PrintList(const std::vector<spec::Exercise>& exercises) {
  auto document = nlohmann::ordered_json::array();
  for (const spec::Exercise& exercise : exercises) {
    document.push_back({{"id", exercise.id},
                        {"topic", exercise.topic},
                        {"title", exercise.title},
                        {"languages", exercise.languages},
                        {"points", PointsOf(exercise)},
                        {"folder", exercise.folder.string()}});
  }
  PrintDocument(document);
}

}  // namespace

Outcome<Exit> RunList(const Options& options) {
  const std::vector<fs::path> roots = RootsToList(options);
  std::error_code error;
  for (const fs::path& root : roots) {
    if (!fs::is_directory(root, error))
      return Refuse(root.string() + " is no folder",
                    "give the folder that holds the exercises' folders");
    if (fs::directory_iterator(root, error); error)
      return Refuse(root.string() + " cannot be read: " + error.message());
  }
  std::vector<spec::Exercise> exercises;
  for (const fs::path& folder : FoldersToList(roots)) {
    spec::LoadResult loaded = LoadExerciseIn(folder);
    if (loaded.ok())
      exercises.push_back(std::move(loaded.exercise));
    else
      Tell(Complaint({folder.string() + " has mistakes",
                      "plumbline lint " + folder.string() + " shows them"}) +
           "\n");
  }
  if (options.json)
    PrintList(exercises);
  else if (exercises.empty())
    Tell(Complaint(
             {"no exercise was found", "give a folder of exercises, or set PLUMBLINE_EXERCISES"}) +
         "\n");
  else
    PrintTable(exercises, report::ChooseLanguage(options.lang));
  return Exit::kPassed;
}

}  // namespace plumbline::cli
