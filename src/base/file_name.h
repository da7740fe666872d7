// SPDX-License-Identifier: MIT
// The last part of a path.
#pragma once

#include <string_view>

namespace plumbline {

// "cat" of "/usr/bin/cat" and of "cat"; "" of what ends with a slash. A view into `path`.
constexpr std::string_view FileName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

}  // namespace plumbline
