// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "build/build.h"
#include "build/sources.h"

namespace plumbline::build {
namespace {

std::unexpected<Error> NothingFound(const std::vector<std::string>& languages) {
  std::vector<std::string> endings;
  for (const std::string& language : languages) {
    for (const std::string_view ending : EndingsOf(language))
      endings.push_back("*" + std::string(ending));
  }
  return Fail("no source file was found", "looked for " + Listed(endings));
}

// The main file of each language that has one.
std::vector<std::string> WithMainFile(
    const std::map<std::string, std::vector<std::string>>& files) {
  std::vector<std::string> languages;
  for (const auto& [language, paths] : files) {
    if (std::ranges::any_of(paths, [](const std::string& path) {
          return std::filesystem::path(path).stem() == "main";
        }))
      languages.push_back(language);
  }
  return languages;
}

std::unexpected<Error> Ambiguous(const std::map<std::string, std::vector<std::string>>& files) {
  std::vector<std::string> examples;
  examples.reserve(files.size());
  for (const auto& [language, paths] : files)
    examples.push_back(paths.front() + " (" + language + ")");
  return Fail("source files of several languages: " + Listed(examples),
              "say which one counts with --language, or give only the files of one");
}

}  // namespace

Result<std::string> LanguageOf(const Submission& submission,
                               const std::vector<std::string>& allowed, const std::string& wanted) {
  const std::vector<std::string> candidates = wanted.empty() ? allowed : std::vector{wanted};
  std::map<std::string, std::vector<std::string>> files;
  for (const std::string& language : candidates) {
    std::vector<std::string> found = SourcesIn(submission, language, {});
    if (!found.empty()) files[language] = std::move(found);
  }
  if (files.empty()) return NothingFound(candidates);
  if (files.size() == 1) return files.begin()->first;
  // A script beside the program, to try it, is common.
  if (const auto with_main = WithMainFile(files); with_main.size() == 1) return with_main.front();
  if (HasMakefile(submission)) {
    std::erase_if(files, [](const auto& entry) { return !IsCompiled(entry.first); });
    if (files.size() == 1) return files.begin()->first;
    if (files.contains("cpp")) return "cpp";
  }
  return Ambiguous(files);
}

}  // namespace plumbline::build
