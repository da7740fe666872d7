// SPDX-License-Identifier: MIT
#include "scenario/solutions.h"

#include <string_view>
#include <utility>

namespace plumbline::scenario {
namespace {

constexpr std::string_view kPrograms = "/program/";

// Hidden files are no part of a submission (build.h), so it has none there.
std::string FolderOf(int number) {
  return std::string(kPrograms) + ".solutions/" + std::to_string(number) + "/";
}

}  // namespace

Result<std::vector<std::string>> Solutions::Put(const std::string& name, sandbox::Sandbox& box) {
  const auto found = all_.find(name);
  if (found == all_.end()) return Fail("the run's plan has no solution '" + name + "'");
  const build::Runnable& runnable = found->second;
  const std::string folder = FolderOf(++put_);
  std::vector<sandbox::FileToMake> files;
  There there;
  for (const build::SourceFile& file : runnable.files) {
    files.push_back({.path = folder + file.path,
                     .content = file.content,
                     .mode = file.executable ? 0755 : 0644});
    there.paths.push_back(files.back().path);
  }
  TRY(box.PutFiles(files));
  there_.push_back(std::move(there));
  std::vector<std::string> command = runnable.command;
  for (std::string& word : command) {
    if (word.starts_with(kPrograms)) word = folder + word.substr(kPrograms.size());
  }
  return command;
}

void Solutions::NoteStarted(record::ProcessIndex process) { there_.back().process = process; }

Status Solutions::TakeAway(sandbox::Sandbox& box,
                           const std::function<bool(record::ProcessIndex)>& has_begun) {
  std::vector<There> stay;
  for (There& there : std::exchange(there_, {})) {
    if (there.process == record::kGrader || !has_begun(there.process)) {
      stay.push_back(std::move(there));
      continue;
    }
    for (const std::string& path : there.paths)
      TRY(box.ChangeFile(path, sandbox::Sandbox::Change::kRemove, {}));
  }
  there_ = std::move(stay);
  return {};
}

}  // namespace plumbline::scenario
