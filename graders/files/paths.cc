// SPDX-License-Identifier: MIT
#include "graders/files/paths.h"

#include <fnmatch.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "evaluate/explain.h"

namespace plumbline::graders::files {

using evaluate::Msg;

bool Matches(const std::string& pattern, const std::string& path) {
  return ::fnmatch(pattern.c_str(), path.c_str(), FNM_PATHNAME) == 0;
}

evaluate::Reached<std::string> PatternOf(const evaluate::Scene& scene, const std::string& path) {
  std::string missing;
  std::string pattern = spec::Substitute(path, scene, &missing);
  if (!missing.empty()) {
    return std::unexpected(evaluate::NotReached{
        Msg("The path names '{placeholder}', and there is no such process or connection. {reason}",
            {{"placeholder", Escaped(missing)}, {"reason", evaluate::WhyItEnded(scene)}})});
  }
  const std::string cwd = scene.AbsolutePath(".") + "/";
  return pattern.starts_with(cwd) ? pattern.substr(cwd.size()) : pattern;
}

evaluate::Reached<std::vector<File>> FilesNamed(const evaluate::Scene& scene,
                                                const std::string& path,
                                                const record::Snapshot& at) {
  if (!at.files_taken) {
    return std::unexpected(evaluate::Unjudgeable{
        Msg("The snapshot '{snapshot}' holds no files: run it again.", {{"snapshot", at.name}})});
  }
  const auto pattern = PatternOf(scene, path);
  if (!pattern) return std::unexpected(pattern.error());
  std::vector<File> found;
  for (const auto& [name, state] : at.files) {
    if (Matches(*pattern, name)) found.emplace_back(name, &state);
  }
  return found;
}

std::vector<evaluate::Message> WhatIsThere(const evaluate::Scene& scene,
                                           const record::Snapshot& at) {
  std::vector<evaluate::Message> evidence;
  for (const auto& [name, state] : at.files) {
    if (evidence.size() == 6) break;
    evidence.push_back(Msg("There is: {path}", {{"path", Escaped(name)}}));
  }
  std::ranges::move(evaluate::EvidenceOfEnd(scene), std::back_inserter(evidence));
  return evidence;
}

evaluate::Finding MissingFile(const evaluate::Scene& scene, const std::string& path,
                              const record::Snapshot& at, const std::vector<File>& found) {
  return {
      .code = "missing-file",
      .what = found.empty()
                  ? Msg("At '{snapshot}' there is no {path}.",
                        {{"snapshot", at.name}, {"path", Escaped(path)}})
                  : Msg("At '{snapshot}' {count} files match {path}; it should be one.",
                        {{"snapshot", at.name}, {"count", found.size()}, {"path", Escaped(path)}}),
      .evidence = WhatIsThere(scene, at),
      .next = Msg(
          "Look under which name, in which folder and when it is made, and whether open() fails.")};
}

}  // namespace plumbline::graders::files
