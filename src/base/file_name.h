// SPDX-License-Identifier: MIT
// The last part of a path.
#pragma once

#include <string_view>

namespace plumbline {

// "cat" of "/usr/bin/cat" and of "cat"; "" of what ends with a slash. A view into `path`.
constexpr std::string_view FileName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

// ".zip", ".tar.gz" ... of "work.tar.gz"; "" of what is no archive by its name.
constexpr std::string_view ArchiveEnding(std::string_view path) {
  constexpr std::string_view kEndings[] = {".zip",    ".tar",     ".tar.gz", ".tgz", ".tar.bz2",
                                           ".tar.xz", ".tar.zst", ".txz",    ".7z"};
  for (const std::string_view ending : kEndings) {
    if (path.ends_with(ending)) return ending;
  }
  return {};
}

}  // namespace plumbline
