// SPDX-License-Identifier: MIT
// The files that a command line names for output: reports, a story.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/error.h"

namespace plumbline::cli {

// A file appears whole or not at all, and an old one is replaced; where a symbolic link points to.
// What is no regular file (/dev/stdout, a named pipe, the /dev/fd/63 of a shell's >(command)) is
// written to and stays what it is. The error names the file.
Status WriteOutputFile(const std::filesystem::path& path, std::string_view content);

// In one write, so that what others append stays whole; the file is made if need be.
Status AppendToFile(const std::filesystem::path& path, std::string_view content);

}  // namespace plumbline::cli
