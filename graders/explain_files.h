// SPDX-License-Identifier: MIT
// The files */explain/*.md of this folder, which the build puts into the program
// (ci/cmake/embed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace plumbline::graders {

struct EmbeddedFile {
  std::string_view path;  // from graders/: "fds/explain/leaked.ca.md"
  std::string_view text;
};

extern const std::span<const EmbeddedFile> kExplainFiles;

}  // namespace plumbline::graders
