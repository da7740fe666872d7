// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdlib>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "base/io.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/skeleton_files.h"
#include "graders/builtin.h"
#include "spec/loader.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEverywhere = "all";
constexpr std::string_view kId = "SKELETON";

std::string_view TopicOf(std::string_view path) { return path.substr(0, path.find('/')); }
std::string_view Within(std::string_view path) { return path.substr(path.find('/') + 1); }

std::vector<std::string> Topics() {
  std::set<std::string> topics;
  for (const EmbeddedFile& file : kSkeletonFiles) topics.emplace(TopicOf(file.path));
  topics.erase(std::string(kEverywhere));
  return {topics.begin(), topics.end()};
}

Outcome<void> RequireTopic(const std::string& topic) {
  const std::vector<std::string> topics = Topics();
  if (std::ranges::find(topics, topic) != topics.end()) return {};
  const std::string advice = "add --topic and one of " + Listed(topics);
  if (topic.empty()) return Refuse("what is it about?", advice);
  const std::string near = Nearest(topic, topics);
  return Refuse("there is no topic '" + Escaped(topic) + "'",
                near.empty() ? advice : "did you mean '" + near + "'?");
}

// As `id` has to be in the file.
Outcome<void> RequireId(const std::string& id) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (!id.empty() && id.front() != '-' && std::ranges::all_of(id, fits)) return {};
  return Refuse("'" + Escaped(id) + "' is no name for an exercise",
                "letters, digits, '-' and '_' make one: my-pipes");
}

// Of an id below --exercises or ./exercises if that is there; else what was said.
fs::path FolderFor(const Options& options) {
  if (options.exercise.find('/') != std::string::npos) return options.exercise;
  if (!options.exercises_folder.empty()) return options.exercises_folder / options.exercise;
  std::error_code ignored;
  return fs::is_directory("exercises", ignored) ? fs::path("exercises") / options.exercise
                                                : fs::path(options.exercise);
}

std::string WithId(std::string_view text, const std::string& id) {
  std::string out(text);
  for (size_t at = 0; (at = out.find(kId, at)) != std::string::npos; at += id.size())
    out.replace(at, kId.size(), id);
  return out;
}

// A folder beside the one that is made; gone again unless it became that.
class Draft {
 public:
  static Result<Draft> Beside(const fs::path& target) {
    const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
    std::error_code error;
    fs::create_directories(parent, error);
    if (error) return ErrnoError("make " + parent.string(), error.value());
    std::string name = (parent / ".plumbline-new-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return ErrnoError("make a folder in " + parent.string());
    fs::permissions(name, fs::perms(0755), error);
    return Draft(name);
  }
  Draft(Draft&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  ~Draft() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }

  Status Write(const fs::path& path, const std::string& text) const {
    std::error_code error;
    fs::create_directories((folder_ / path).parent_path(), error);
    if (error) return ErrnoError("make " + path.parent_path().string(), error.value());
    return WriteFileAtomically(folder_ / path, text);
  }
  // Fails if there is anything by now.
  Status Become(const fs::path& target) {
    std::error_code error;
    fs::rename(folder_, target, error);
    if (error) return ErrnoError("make " + target.string(), error.value());
    folder_.clear();
    return {};
  }

 private:
  explicit Draft(fs::path folder) : folder_(std::move(folder)) {}
  fs::path folder_;
};

Result<std::vector<fs::path>> WriteSkeleton(const fs::path& target, const std::string& topic) {
  TRY_ASSIGN(Draft draft, Draft::Beside(target));
  std::vector<fs::path> made;
  for (const EmbeddedFile& file : kSkeletonFiles) {
    const std::string_view of = TopicOf(file.path);
    if (of != topic && of != kEverywhere) continue;
    const fs::path path = Within(file.path);
    TRY(draft.Write(path, WithId(file.text, target.filename().string())));
    made.push_back(target / path);
  }
  TRY(draft.Become(target));
  std::ranges::sort(made);
  return made;
}

// The first line of each exercise.yaml names it; an older one is another program's business.
Result<std::vector<fs::path>> WriteSchemaBeside(const fs::path& target) {
  const fs::path schema = target.parent_path() / "exercise.schema.json";
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(schema, ignored))) return std::vector<fs::path>{};
  TRY(WriteFileAtomically(schema, spec::JsonSchema(graders::KindTables())));
  return std::vector{schema};
}

}  // namespace

Outcome<Exit> RunNew(const Options& options) {
  TRY(RequireTopic(options.topic));
  fs::path target = FolderFor(options).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();  // "labs/my-pipes/"
  TRY(RequireId(target.filename().string()));
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(target, ignored)))
    return Refuse(target.string() + " is there already, and nothing was written",
                  "give another name");
  TRY_ASSIGN(std::vector<fs::path> made, WriteSkeleton(target, options.topic));
  TRY_ASSIGN(const std::vector<fs::path> schema, WriteSchemaBeside(target));
  made.insert(made.end(), schema.begin(), schema.end());
  for (const fs::path& file : made) Print("made " + file.string() + "\n");
  const std::string word = target.has_parent_path() ? target.string() : "./" + target.string();
  Print("next: make it yours, then  plumbline lint " + word +
        "\n      and prove it with  plumbline verify " + word + "\n");
  return Exit::kPassed;
}

}  // namespace plumbline::cli
