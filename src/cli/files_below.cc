// SPDX-License-Identifier: MIT
#include "cli/files_below.h"

#include <algorithm>
#include <system_error>

namespace plumbline::cli {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> FilesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file(error)) files.push_back(it->path().lexically_relative(folder));
  }
  if (error) return ErrnoError("read " + folder.string(), error.value());
  std::ranges::sort(files);
  return files;
}

}  // namespace plumbline::cli
