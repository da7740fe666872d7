// SPDX-License-Identifier: MIT
// Whole reads and writes of files and descriptors.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/unique_fd.h"
#include "base/units.h"

namespace plumbline {

// The whole file; an error if it is larger than `limit` or no regular file.
Result<std::string> ReadFile(const std::filesystem::path& path, Bytes limit = MiB(64));
// The same of a named pipe or of a shell's <(command), too: to its end.
Result<std::string> ReadFileOrPipe(const std::filesystem::path& path, Bytes limit = MiB(64));
// Replaces the file as a whole; a full disk leaves the old one. Who is killed meanwhile leaves at
// most a file PATH.X beside it: after its naming (linkat(2)), or where there is no O_TMPFILE.
Status WriteFileAtomically(const std::filesystem::path& path, std::string_view content);

// Writes all of `data`, going on after EINTR and short writes. write(2).
Status WriteAll(int fd, std::string_view data);
// Reads to end of file.
Result<std::string> ReadAll(int fd, Bytes limit = MiB(64));

// A file of /proc into a string; empty when the process has gone.
std::string ReadProc(const char* path);

}  // namespace plumbline
