// SPDX-License-Identifier: MIT
#include "gradebook/class_layout.h"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "base/file_name.h"
#include "base/io.h"
#include "base/text.h"
#include "spec/node.h"

namespace plumbline::gradebook {
namespace {

namespace fs = std::filesystem;
using std::chrono::system_clock;

constexpr std::string_view kMoodle = "_assignsubmission_";
constexpr const char* kGradescope = "submission_metadata.yml";

std::vector<fs::path> EntriesOf(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const bool hidden = it->path().filename().string().starts_with('.');
    const bool ours = it->is_directory(error) || it->is_regular_file(error);
    if (!hidden && ours && it->path().filename() != kGradescope) entries.push_back(it->path());
  }
  std::ranges::sort(entries);
  return entries;
}

system_clock::time_point ChangedAt(const fs::path& path) {
  std::error_code error;
  auto latest = fs::file_time_type::min();
  if (!fs::is_directory(path, error)) {
    latest = fs::last_write_time(path, error);
  } else {
    for (fs::recursive_directory_iterator it(path, error), end; !error && it != end;
         it.increment(error)) {
      if (it->is_regular_file(error)) latest = std::max(latest, it->last_write_time(error));
    }
  }
  if (latest == fs::file_time_type::min()) return {};
  return std::chrono::time_point_cast<system_clock::duration>(
      std::chrono::file_clock::to_sys(latest));
}

// The word that stands for the student.
std::string WordOf(const fs::path& entry) {
  std::string name = entry.filename();
  const size_t moodle = name.find(kMoodle);
  if (moodle != std::string::npos) {
    name.resize(moodle);
    // The number of the participant, of this one assignment.
    const size_t number = name.rfind('_');
    return number == std::string::npos ? name : name.substr(0, number);
  }
  const std::string_view archive = ArchiveEnding(name);
  if (!archive.empty()) return name.substr(0, name.size() - archive.size());
  std::error_code error;
  return fs::is_directory(entry, error) ? name : entry.stem().string();
}

// The members of each group, by the folder's name.
using Submitters = std::map<std::string, std::vector<Student>>;

std::string ValueOf(const spec::Node& node, const char* key) {
  const spec::Node* value = node.Find(key);
  return value == nullptr ? std::string() : value->text;
}

Submitters ReadGradescope(const fs::path& folder, std::vector<std::string>& notes) {
  Submitters all;
  const auto text = ReadFile(folder / kGradescope);
  if (!text) return all;
  spec::Diagnostics mistakes;
  const auto root = spec::ParseYaml(*text, kGradescope, mistakes);
  if (!root) {
    notes.push_back(std::string(kGradescope) + ": cannot be read; students are the folders' names");
    return all;
  }
  for (const auto& [name, submission] : root->entries) {
    const spec::Node* submitters = submission.Find(":submitters");
    if (submitters == nullptr) continue;
    for (const spec::Node& one : submitters->items) {
      Student student{.id = ValueOf(one, ":sid"),
                      .name = ValueOf(one, ":name"),
                      .email = ValueOf(one, ":email")};
      if (student.id.empty()) student.id = student.email.empty() ? name.text : student.email;
      all[name.text].push_back(std::move(student));
    }
  }
  return all;
}

class Finder {
 public:
  Finder(const std::vector<std::string>& exercises, const std::vector<Student>& roster)
      : exercises_(exercises), roster_(roster) {}

  void Add(const fs::path& entry, const std::vector<Student>& submitters) {
    for (const Student& student : submitters) {
      if (const auto known = Known(student, entry)) AddFor(*known, entry);
    }
  }

  ClassLayout Finish() {
    std::ranges::sort(layout_.all, {},
                      [](const HandedIn& one) { return std::pair(one.student.id, one.exercise); });
    return std::move(layout_);
  }

  std::vector<std::string>& notes() { return layout_.notes; }

 private:
  std::optional<Student> Known(const Student& student, const fs::path& entry) {
    if (roster_.empty()) return student;
    for (const std::string& word : {student.id, student.email, student.name}) {
      if (word.empty()) continue;
      if (auto found = FindStudent(roster_, word)) return found;
    }
    layout_.notes.push_back(Escaped(entry.filename().string()) +
                            ": nobody of that name in the roster; left out");
    return std::nullopt;
  }

  void AddFor(const Student& student, const fs::path& entry) {
    std::error_code error;
    bool any = false;
    for (const std::string& exercise : exercises_) {
      if (!fs::is_directory(entry / exercise, error)) continue;
      AddOne(student, exercise, entry / exercise);
      any = true;
    }
    if (any) return;
    if (exercises_.size() == 1) return AddOne(student, exercises_.front(), entry);
    layout_.notes.push_back(Escaped(entry.filename().string()) +
                            ": has no folder of an exercise's name; left out");
  }

  void AddOne(const Student& student, const std::string& exercise, const fs::path& path) {
    layout_.all.push_back(
        {.student = student, .exercise = exercise, .path = path, .submitted = ChangedAt(path)});
  }

  const std::vector<std::string>& exercises_;
  const std::vector<Student>& roster_;
  ClassLayout layout_;
};

}  // namespace

Result<ClassLayout> FindSubmissions(const fs::path& folder,
                                    const std::vector<std::string>& exercises,
                                    const std::vector<Student>& roster) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return Fail(folder.string() + ": there is no such folder",
                "give the folder that the students' folders are in");
  const std::vector<fs::path> entries = EntriesOf(folder);
  if (entries.empty())
    return Fail(folder.string() + ": there is nothing in it",
                "give the folder that the students' folders are in");
  Finder finder(exercises, roster);
  const Submitters submitters = ReadGradescope(folder, finder.notes());
  for (const fs::path& entry : entries) {
    const auto known = submitters.find(entry.filename().string());
    const std::string word = WordOf(entry);
    finder.Add(entry, known != submitters.end() ? known->second
                                                : std::vector<Student>{{.id = word, .name = word}});
  }
  return finder.Finish();
}

}  // namespace plumbline::gradebook
