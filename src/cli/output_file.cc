// SPDX-License-Identifier: MIT
#include "cli/output_file.h"

#include <fcntl.h>

#include <system_error>

#include "base/io.h"
#include "base/unique_fd.h"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

Status WriteInto(const fs::path& path, std::string_view content) {
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (!fd) return ErrnoError(path.string());
  Status written = WriteAll(fd.get(), content);
  if (!written) written.error().message = path.string() + ": " + written.error().message;
  return written;
}

}  // namespace

Status WriteOutputFile(const fs::path& path, std::string_view content) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status))
    return std::unexpected(Error{path.string() + " is a folder", "give the name of a file"});
  if (fs::exists(status) && !fs::is_regular_file(status)) return WriteInto(path, content);
  if (!path.parent_path().empty() && !fs::is_directory(path.parent_path(), error))
    return std::unexpected(Error{
        path.string() + ": there is no folder " + path.parent_path().string(), "make it first"});
  const fs::path target = fs::is_symlink(path, error) ? fs::canonical(path, error) : path;
  return WriteFileAtomically(target.empty() ? path : target, content);
}

}  // namespace plumbline::cli
