// SPDX-License-Identifier: MIT
#include "gradebook/class_layout.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include <re2/re2.h>

#include "base/file_name.h"
#include "base/io.h"
#include "base/number.h"
#include "base/text.h"
#include "spec/node.h"

namespace plumbline::gradebook {
namespace {

namespace fs = std::filesystem;
using std::chrono::system_clock;

constexpr std::string_view kMoodle = "_assignsubmission_";
constexpr const char* kGradescope = "submission_metadata.yml";
constexpr std::string_view kOfGradescope = "submission_";
constexpr const char* kOfMac = "__MACOSX";  // packing adds it

std::vector<fs::path> EntriesOf(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const bool hidden = it->path().filename().string().starts_with('.');
    const bool ours = it->is_directory(error) || it->is_regular_file(error);
    const bool listed = it->path().filename() == kGradescope || it->path().filename() == kOfMac;
    if (!hidden && ours && !listed) entries.push_back(it->path());
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

bool IsArchive(const fs::path& path) {
  std::error_code error;
  return !ArchiveEnding(path.string()).empty() && fs::is_regular_file(path, error);
}

// Platforms put what was uploaded into a folder: an archive there is the submission.
fs::path WorkIn(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return path;
  const std::vector<fs::path> entries = EntriesOf(path);
  const bool packed =
      entries.size() == 1 && IsArchive(entries.front()) && !fs::is_symlink(entries.front(), error);
  return packed ? entries.front() : path;
}

// What Gradescope says of a submission.
struct OfGradescope {
  std::vector<Student> submitters;
  std::optional<system_clock::time_point> submitted;
};
using Submitters = std::map<std::string, OfGradescope>;  // by the folder's name

std::string ValueOf(const spec::Node& node, const char* key) {
  const spec::Node* value = node.Find(key);
  return value == nullptr ? std::string() : value->text;
}

// "", "+0100", "-02:30": minutes ahead of UTC.
std::chrono::minutes AheadIn(std::string zone) {
  std::erase(zone, ':');
  const auto digits =
      NumberIn<int>(std::string_view(zone).substr(std::min<size_t>(zone.size(), 1)));
  if (!digits) return {};
  const std::chrono::minutes ahead(*digits / 100 * 60 + *digits % 100);
  return zone.starts_with('-') ? -ahead : ahead;
}

// "2026-11-01 10:00:00.123456789 Z", "2026-11-01T10:00:00+01:00": to the second.
std::optional<system_clock::time_point> TimeIn(const std::string& text) {
  static const RE2 form(R"((\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)? ?)"
                        R"((?:Z|UTC|([+-]\d\d:?\d\d))?)");
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string zone;
  if (!RE2::FullMatch(text, form, &year, &month, &day, &hour, &minute, &second, &zone))
    return std::nullopt;
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(year), std::chrono::month(month),
                            std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return sys_days(date) + hours(hour) + minutes(minute) + seconds(second) - AheadIn(zone);
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
    OfGradescope& told = all[name.text];
    told.submitted = TimeIn(ValueOf(submission, ":created_at"));
    const spec::Node* submitters = submission.Find(":submitters");
    if (submitters == nullptr) continue;
    for (const spec::Node& one : submitters->items) {
      Student student{.id = ValueOf(one, ":sid"),
                      .name = ValueOf(one, ":name"),
                      .email = ValueOf(one, ":email")};
      if (student.id.empty()) student.id = student.email.empty() ? name.text : student.email;
      told.submitters.push_back(std::move(student));
    }
  }
  return all;
}

class Finder {
 public:
  Finder(const std::vector<std::string>& exercises, const std::vector<Student>& roster)
      : exercises_(exercises), roster_(roster) {}

  void Add(const Found& found, const std::vector<Student>& submitters) {
    for (const Student& student : submitters) {
      if (const auto known = Known(student, found)) AddFor(*known, found);
    }
  }

  ClassLayout Finish() {
    std::ranges::sort(layout_.all, {}, [](const HandedIn& one) {
      return std::tuple(one.student.id, one.exercise, one.submitted);
    });
    return std::move(layout_);
  }

  std::vector<std::string>& notes() { return layout_.notes; }

 private:
  std::optional<Student> Known(const Student& student, const Found& found) {
    if (roster_.empty()) return student;
    if (auto known = FindStudent(roster_, {student.id, student.email, student.name})) return known;
    const bool several = IsMeantByMany(roster_, student.id) || IsMeantByMany(roster_, student.name);
    layout_.notes.push_back(Escaped(found.name) +
                            (several ? ": more than one of that name in the roster; left out"
                                     : ": nobody of that name in the roster; left out"));
    return std::nullopt;
  }

  void AddFor(const Student& student, const Found& found) {
    std::error_code error;
    bool any = false;
    for (const std::string& exercise : exercises_) {
      if (!fs::is_directory(found.path / exercise, error)) continue;
      AddOne(student, exercise, found.path / exercise, found);
      any = true;
    }
    if (any) return;
    if (found.failure) return AddFailed(student, found);
    if (exercises_.size() == 1) return AddOne(student, exercises_.front(), found.path, found);
    layout_.notes.push_back(Escaped(found.name) +
                            ": has no folder of an exercise's name; left out");
  }

  void AddFailed(const Student& student, const Found& found) {
    for (const std::string& exercise : exercises_)
      layout_.all.push_back({.student = student,
                             .exercise = exercise,
                             .path = found.path,
                             .source = found.source,
                             .submitted = system_clock::now(),
                             .failure = found.failure});
  }

  static system_clock::time_point ChangedAt(const Found& found, const fs::path& path) {
    if (found.parts.empty()) return gradebook::ChangedAt(path);
    system_clock::time_point latest;
    for (const auto& [name, part] : found.parts)
      latest = std::max(latest, gradebook::ChangedAt(part));
    return latest;
  }

  void AddOne(const Student& student, const std::string& exercise, const fs::path& place,
              const Found& found) {
    const fs::path path = WorkIn(place);
    const std::string inner =
        path == found.path ? "" : "/" + path.lexically_relative(found.path).string();
    layout_.all.push_back({.student = student,
                           .exercise = exercise,
                           .path = path,
                           .source = found.source + inner,
                           .submitted = found.submitted.value_or(ChangedAt(found, path)),
                           .parts = found.parts});
  }

  const std::vector<std::string>& exercises_;
  const std::vector<Student>& roster_;
  ClassLayout layout_;
};

}  // namespace

namespace {

// What Moodle calls an upload, up to the kind of it: "Anna Puig_12345".
std::string UploadOf(const fs::path& entry) {
  const std::string name = entry.filename();
  const size_t kind = name.find(kMoodle);
  return kind == std::string::npos ? std::string() : name.substr(0, kind);
}

// Where a file of an upload lies beside the others: what it was called there, else "".
std::string NameInUpload(const fs::path& entry) {
  constexpr std::string_view kFile = "file_";
  const std::string name = entry.filename();
  const std::string rest = name.substr(name.find(kMoodle) + kMoodle.size());
  std::error_code error;
  return rest.starts_with(kFile) && fs::is_regular_file(entry, error) ? rest.substr(kFile.size())
                                                                      : std::string();
}

bool IsOnlineText(const fs::path& entry) {
  return entry.filename().string().contains(std::string(kMoodle) + "onlinetext");
}

// An entry each, but for what Moodle has of one upload: that is one.
std::vector<Found> Gathered(const std::vector<fs::path>& entries, const std::string& shown) {
  std::set<std::string> with_files;
  for (const fs::path& entry : entries) {
    if (!UploadOf(entry).empty() && !IsOnlineText(entry)) with_files.insert(UploadOf(entry));
  }
  std::vector<Found> all;
  std::map<std::string, size_t> uploads;
  for (const fs::path& entry : entries) {
    const std::string upload = UploadOf(entry);
    if (IsOnlineText(entry) && with_files.contains(upload)) continue;
    const std::string name = entry.filename();
    Found found{.name = name, .path = entry, .source = (fs::path(shown) / name).string()};
    const std::string part = upload.empty() ? std::string() : NameInUpload(entry);
    if (part.empty() || IsArchive(entry)) {
      all.push_back(std::move(found));
      continue;
    }
    const auto [place, first] = uploads.try_emplace(upload, all.size());
    if (first) all.push_back(std::move(found));
    all[place->second].parts.emplace(part, entry);
  }
  return all;
}

}  // namespace

Result<ClassLayout> FindSubmissions(const fs::path& folder,
                                    const std::vector<std::string>& exercises,
                                    const std::vector<Student>& roster, const std::string& shown) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return Fail(shown + ": there is no such folder",
                "give the folder that the students' folders are in");
  const std::vector<fs::path> entries = EntriesOf(folder);
  if (entries.empty())
    return Fail(shown + ": there is nothing in it",
                "give the folder that the students' folders are in");
  Finder finder(exercises, roster);
  const Submitters submitters = ReadGradescope(folder, finder.notes());
  for (Found& found : Gathered(entries, shown)) {
    const auto known = submitters.find(found.name);
    const std::string word = WordOf(found.path);
    std::vector<Student> students{{.id = word, .name = word}};
    if (known != submitters.end()) {
      found.submitted = known->second.submitted;
      if (!known->second.submitters.empty()) students = known->second.submitters;
    }
    finder.Add(found, students);
  }
  return finder.Finish();
}

namespace {

bool IsStudents(const fs::path& folder, const std::vector<std::string>& exercises,
                const std::vector<Student>& roster) {
  const std::string name = folder.filename();
  if (name.contains(kMoodle) || name.starts_with(kOfGradescope)) return true;
  if (FindStudent(roster, WordOf(folder))) return true;
  std::error_code error;
  return std::ranges::any_of(exercises, [&](const std::string& exercise) {
    return fs::is_directory(folder / exercise, error);
  });
}

bool HasStudents(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder / kGradescope, error)) return true;
  return std::ranges::any_of(EntriesOf(folder), [&](const fs::path& entry) {
    return fs::is_directory(entry, error) || IsArchive(entry);
  });
}

}  // namespace

fs::path FolderOfClass(const fs::path& unpacked, const fs::path& archive,
                       const std::vector<std::string>& exercises,
                       const std::vector<Student>& roster) {
  const std::vector<fs::path> entries = EntriesOf(unpacked);
  std::error_code error;
  if (entries.size() != 1 || !fs::is_directory(entries.front(), error)) return unpacked;
  const fs::path& only = entries.front();
  if (IsStudents(only, exercises, roster)) return unpacked;
  return only.filename() == WordOf(archive) || HasStudents(only) ? only : unpacked;
}

ClassLayout LayOut(const std::vector<Found>& all, const std::vector<std::string>& exercises,
                   const std::vector<Student>& roster) {
  Finder finder(exercises, roster);
  for (const Found& one : all) finder.Add(one, {{.id = one.name, .name = one.name}});
  return finder.Finish();
}

}  // namespace plumbline::gradebook
