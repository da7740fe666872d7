// SPDX-License-Identifier: MIT
// What can be said of an exercise's folder without running anything.
#pragma once

#include <filesystem>
#include <vector>

#include "cli/verified.h"
#include "spec/exercise.h"
#include "spec/loader.h"

namespace plumbline::cli {

// The mistakes of its files, statements that do not exist or do not name a check that a student can
// lose, languages without a solution or a starter. `loaded` is of this folder.
std::vector<Shortfall> FormOf(const std::filesystem::path& folder, const spec::LoadResult& loaded);

}  // namespace plumbline::cli
