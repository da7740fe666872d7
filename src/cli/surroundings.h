// SPDX-License-Identifier: MIT
// When and where a report is made.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "report/around.h"

namespace plumbline::cli {

// `submission` is a file or a folder as it was given; may be empty. Its folder is told as seen from
// GITHUB_WORKSPACE, else from the current folder. Fails if the kernel has no random numbers.
// getrandom(2).
Result<report::Around> Surroundings(const std::filesystem::path& submission);

}  // namespace plumbline::cli
