// SPDX-License-Identifier: MIT
#include "cli/class_files.h"

#include <algorithm>
#include <cctype>
#include <system_error>
#include <utility>

#include "base/io.h"
#include "build/unpacking.h"
#include "cli/console.h"
#include "cli/fetching.h"
#include "cli/git.h"
#include "gradebook/repository_list.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;
using Roster = std::vector<gradebook::Student>;

// By its name, as what is no archive may still be meant for one; or from another program.
bool IsList(const fs::path& path) {
  std::error_code error;
  if (fs::is_fifo(path, error)) return true;
  std::string ending = path.extension();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return (ending == ".txt" || ending == ".csv") && fs::is_regular_file(path, error);
}

class Finding {
 public:
  Finding(const Options& options, const std::vector<std::string>& exercises, const Roster& roster,
          Crew& crew)
      : options_(options), exercises_(exercises), roster_(roster), crew_(crew) {}

  Outcome<ClassFiles> Find() {
    const fs::path& given = options_.submissions;
    std::error_code error;
    if (IsList(given)) return InRepositories();
    if (fs::is_regular_file(given, error)) return InArchive();
    TRY_ASSIGN(gradebook::ClassLayout layout, InFolder(given));
    return ClassFiles{.layout = std::move(layout)};
  }

 private:
  Outcome<gradebook::ClassLayout> InFolder(const fs::path& folder) {
    auto layout =
        gradebook::FindSubmissions(folder, exercises_, roster_, options_.submissions.string());
    if (!layout) return Refuse(layout.error().message, layout.error().hint);
    return *std::move(layout);
  }

  Outcome<ClassFiles> InArchive() {
    TRY_ASSIGN(PrivateFolder folder, PrivateFolder::Make());
    TRY(Unpack(folder.path()));
    const fs::path inner =
        gradebook::FolderOfClass(folder.path(), options_.submissions, exercises_, roster_);
    TRY_ASSIGN(gradebook::ClassLayout layout, InFolder(inner));
    if (inner != folder.path())
      layout.notes.push_back(inner.filename().string() + "/: taken for the folder of the class");
    return ClassFiles{.layout = std::move(layout), .folder = std::move(folder)};
  }

  Outcome<ClassFiles> InRepositories() {
    TRY_ASSIGN(const std::vector<gradebook::Repository> list, List());
    const auto git = FindGit();
    if (!git)
      return Refuse(
          "git is not there, which fetches the repositories of " + options_.submissions.string(),
          "sudo apt install git");
    TRY_ASSIGN(PrivateFolder folder, PrivateFolder::Make());
    ProgressLine line(!options_.verbose);
    TRY_ASSIGN(
        const std::vector<Result<std::string>> commits,
        FetchAll(list,
                 {.git = *git, .folder = folder.path(), .progress = [&](size_t done, size_t all) {
                    line.Show("fetched " + std::to_string(done) + "/" + std::to_string(all));
                  }}));
    std::vector<gradebook::Found> found;
    for (size_t i = 0; i < list.size(); ++i)
      found.push_back(FoundOf(list[i], commits[i], folder.path() / std::to_string(i)));
    return ClassFiles{.layout = gradebook::LayOut(found, exercises_, roster_),
                      .folder = std::move(folder)};
  }

  static gradebook::Found FoundOf(const gradebook::Repository& one,
                                  const Result<std::string>& commit, const fs::path& files) {
    const std::string address = WithoutPassword(one.address);
    if (!commit) return {one.student, files, address, commit.error()};
    return {one.student, files, address + "@" + *commit};
  }

  Outcome<std::vector<gradebook::Repository>> List() {
    const fs::path& given = options_.submissions;
    const auto text = ReadFileOrPipe(given);
    if (!text) return Refuse(text.error().message, "give a list of repositories that can be read");
    auto list = gradebook::ParseRepositoryList(*text);
    if (!list) return Refuse(given.string() + ": " + list.error().message, list.error().hint);
    std::error_code error;
    const bool is_file = fs::is_regular_file(given, error);
    const fs::path base = fs::absolute(is_file ? given : fs::path("pipe"), error).parent_path();
    for (gradebook::Repository& one : *list) {
      if (gradebook::IsPath(one.address))
        one.address = (base / one.address).lexically_normal().string();
    }
    return *std::move(list);
  }

  Outcome<void> Unpack(const fs::path& into) {
    ProgressLine line(!options_.verbose);
    line.Show("unpacking " + options_.submissions.filename().string());
    const Status done = build::Unpack(options_.submissions, into, build::kForClass,
                                      [&] { return !crew_.Interruption(); });
    if (const auto interruption = crew_.Interruption())
      return std::unexpected(Stop::By(interruption->signal));
    if (done) return {};
    // What the kernel said is the machine's fault.
    if (done.error().code != 0) return std::unexpected(Stop(done.error()));
    return Refuse(done.error().message, done.error().hint);
  }

  const Options& options_;
  const std::vector<std::string>& exercises_;
  const Roster& roster_;
  Crew& crew_;
};

}  // namespace

Outcome<ClassFiles> FilesOfClass(const Options& options, const std::vector<std::string>& exercises,
                                 const Roster& roster, Crew& crew) {
  return Finding(options, exercises, roster, crew).Find();
}

}  // namespace plumbline::cli
