// SPDX-License-Identifier: MIT
// The files of skeletons/, which the build puts into the program (ci/cmake/embed.cmake).
#pragma once

#include <span>

#include "base/embedded_file.h"

namespace plumbline::cli {

// Paths as "pipes/exercise.yaml"; what is below all/ is in every one. SKELETON stands for the id.
extern const std::span<const EmbeddedFile> kSkeletonFiles;

}  // namespace plumbline::cli
