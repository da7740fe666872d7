// SPDX-License-Identifier: MIT
#include "build/sources.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/hash.h"

namespace plumbline::build {
namespace {

namespace fs = std::filesystem;

// The interpreter of a script's first line is one of these, whatever its folder and version.
std::string_view InterpreterOf(const std::string& language) {
  if (language == "py") return "python";
  return language == "sh" ? "bash" : "";
}

bool StartsWithInterpreter(const SourceFile& file, std::string_view interpreter) {
  if (interpreter.empty() || !file.content.starts_with("#!")) return false;
  const std::string_view first = std::string_view(file.content).substr(0, file.content.find('\n'));
  return first.find(interpreter) != std::string_view::npos ||
         (interpreter == "bash" && first.ends_with("/sh"));
}

bool IsSource(const SourceFile& file, const std::string& language) {
  const std::string ending = fs::path(file.path).extension();
  const auto& endings = EndingsOf(language);
  if (std::ranges::find(endings, ending) != endings.end()) return true;
  return ending.empty() && StartsWithInterpreter(file, InterpreterOf(language));
}

size_t DepthOf(const std::string& path) {
  return static_cast<size_t>(std::ranges::count(path, '/'));
}

}  // namespace

std::string HashOf(const std::vector<SourceFile>& files) {
  Hasher hasher;
  for (const SourceFile& file : files)
    hasher.Add(file.path).Add(file.content).Add(file.executable ? "x" : "-");
  return hasher.Finish();
}

const std::vector<std::string_view>& EndingsOf(const std::string& language) {
  static const std::map<std::string, std::vector<std::string_view>> endings{
      {"c", {".c"}},
      {"cpp", {".cc", ".cpp", ".cxx", ".c++", ".C"}},
      {"py", {".py"}},
      {"sh", {".sh", ".bash"}}};
  static const std::vector<std::string_view> none;
  const auto found = endings.find(language);
  return found == endings.end() ? none : found->second;
}

bool IsCompiled(const std::string& language) { return language == "c" || language == "cpp"; }

bool HasMakefile(const Submission& submission) {
  return std::ranges::any_of(submission.files, [](const SourceFile& file) {
    return file.path == "GNUmakefile" || file.path == "makefile" || file.path == "Makefile";
  });
}

bool MatchesGlob(const std::string& pattern, const std::string& path) {
  if (pattern.find('/') != std::string::npos)
    return ::fnmatch(pattern.c_str(), path.c_str(), FNM_PATHNAME) == 0;
  return std::ranges::any_of(fs::path(path), [&](const fs::path& name) {
    return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
  });
}

std::vector<std::string> SourcesIn(const Submission& submission, const std::string& language,
                                   const std::vector<std::string>& globs) {
  std::vector<std::string> paths;
  for (const SourceFile& file : submission.files) {
    const bool chosen = globs.empty() || std::ranges::any_of(globs, [&](const std::string& glob) {
                          return MatchesGlob(glob, file.path);
                        });
    if (chosen && IsSource(file, language)) paths.push_back(file.path);
  }
  return paths;
}

std::optional<std::string> MainFileOf(const std::vector<std::string>& sources,
                                      const std::string& name) {
  for (const std::string& stem : {name, std::string("main")}) {
    std::vector<std::string> found;
    std::ranges::copy_if(sources, std::back_inserter(found),
                         [&](const std::string& path) { return fs::path(path).stem() == stem; });
    if (!found.empty()) return *std::ranges::min_element(found, {}, DepthOf);
  }
  if (sources.size() == 1) return sources.front();
  return std::nullopt;
}

}  // namespace plumbline::build
