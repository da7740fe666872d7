// SPDX-License-Identifier: MIT
// What `package` puts beside the program: files of ci/, which the build puts into the program
// (ci/cmake/embed.cmake).
#pragma once

#include <span>

#include "base/embedded_file.h"

namespace plumbline::cli {

// "setup", "gradescope/run_autograder" ...
extern const std::span<const EmbeddedFile> kPackageFiles;

}  // namespace plumbline::cli
