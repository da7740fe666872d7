// SPDX-License-Identifier: MIT
// The files */explain/*.md of this folder, which the build puts into the program
// (ci/cmake/embed.cmake).
#pragma once

#include <span>

#include "base/embedded_file.h"

namespace plumbline::graders {

// Paths as "fds/explain/leaked.ca.md".
extern const std::span<const EmbeddedFile> kExplainFiles;

}  // namespace plumbline::graders
