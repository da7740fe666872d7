// SPDX-License-Identifier: MIT
#include "cli/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <optional>
#include <string>
#include <system_error>

#include "base/io.h"
#include "base/unique_fd.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

Status WriteInto(int fd, const fs::path& path, std::string_view content) {
  Status written = WriteAll(fd, content);
  if (!written) written.error().message = path.string() + ": " + written.error().message;
  return written;
}

Status WriteIntoSpecial(const fs::path& path, std::string_view content) {
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (!fd) return ErrnoError(path.string());
  return WriteInto(fd.get(), path, content);
}

// A descriptor that the path names: /dev/stdout, /dev/fd/63. It may be of a regular file, to which
// the rest of the output goes too.
std::optional<int> DescriptorNamed(const std::string& path) {
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    int fd = -1;
    const char* const end = path.data() + path.size();
    if (path.starts_with(folder) && path.size() > folder.size() &&
        std::from_chars(path.data() + folder.size(), end, fd).ptr == end)
      return fd;
  }
  return std::nullopt;
}

}  // namespace

Status WriteOutputFile(const fs::path& path, std::string_view content) {
  if (const auto fd = DescriptorNamed(path.string())) return WriteInto(*fd, path, content);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status))
    return std::unexpected(Error{path.string() + " is a folder", "give the name of a file"});
  if (fs::exists(status) && !fs::is_regular_file(status)) return WriteIntoSpecial(path, content);
  if (!path.parent_path().empty() && !fs::is_directory(path.parent_path(), error))
    return std::unexpected(Error{
        path.string() + ": there is no folder " + path.parent_path().string(), "make it first"});
  const fs::path target = fs::is_symlink(path, error) ? fs::canonical(path, error) : path;
  return WriteFileAtomically(target.empty() ? path : target, content);
}

Status AppendToFile(const fs::path& path, std::string_view content) {
  const UniqueFd fd(
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666));
  if (!fd) return ErrnoError(path.string());
  return WriteInto(fd.get(), path, content);
}

}  // namespace plumbline::cli
