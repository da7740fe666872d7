// SPDX-License-Identifier: MIT
// Which files of a submission are the sources of a language and of a program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "build/build.h"

namespace plumbline::build {

// Of names, contents and whether they may be executed.
std::string HashOf(const std::vector<SourceFile>& files);

// ".cc", ".cpp" ...; empty for a language that there is not.
const std::vector<std::string_view>& EndingsOf(const std::string& language);
bool IsCompiled(const std::string& language);

// make(1): GNUmakefile, makefile or Makefile, at the top.
bool HasMakefile(const Submission& submission);

// `pattern` (fnmatch(3)) with a slash is held against the path from the top, without one against
// each of its names: "server*" means server.c, src/server.c and all files of server/.
bool MatchesGlob(const std::string& pattern, const std::string& path);

// The paths of the sources of `language` that match one of `globs` (empty: all), sorted. A script
// without an ending counts by its first line.
std::vector<std::string> SourcesIn(const Submission& submission, const std::string& language,
                                   const std::vector<std::string>& globs);

// The file that an interpreter starts for program `name`: of that name, else "main", else the only
// one; the one nearest to the top.
std::optional<std::string> MainFileOf(const std::vector<std::string>& sources,
                                      const std::string& name);

}  // namespace plumbline::build
