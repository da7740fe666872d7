// SPDX-License-Identifier: MIT
// Paths and patterns of an exercise, looked up in a snapshot of the working directory.
#pragma once

#include <string>
#include <vector>

#include "evaluate/reach.h"
#include "evaluate/scene.h"

namespace plumbline::graders::files {

using File = std::pair<std::string, const record::FileState*>;  // path below the working directory

// Whether a path matches a pattern (glob(7); `*` stops at a slash).
bool Matches(const std::string& pattern, const std::string& path);
// The pattern with its placeholders' values; NotReached if one has none.
evaluate::Reached<std::string> PatternOf(const evaluate::Scene& scene, const std::string& path);
// What a pattern matches; Unjudgeable if the snapshot took no files.
evaluate::Reached<std::vector<File>> FilesNamed(const evaluate::Scene& scene,
                                                const std::string& path,
                                                const record::Snapshot& at);
// What else is there, and how the run ended if it did not end well.
std::vector<evaluate::Message> WhatIsThere(const evaluate::Scene& scene,
                                           const record::Snapshot& at);
// The finding of a path that should be there once, and is not, or more than once.
evaluate::Finding MissingFile(const evaluate::Scene& scene, const std::string& path,
                              const record::Snapshot& at, const std::vector<File>& found);

}  // namespace plumbline::graders::files
