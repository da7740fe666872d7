// SPDX-License-Identifier: MIT
// The regular files of a folder and of the folders in it.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"

namespace plumbline::cli {

// Seen from `folder`, sorted. Links are followed to files, not to folders.
Result<std::vector<std::filesystem::path>> FilesBelow(const std::filesystem::path& folder);

}  // namespace plumbline::cli
