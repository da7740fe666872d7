// SPDX-License-Identifier: MIT
// A file that the build puts into the program (ci/cmake/embed.cmake), which is whole by itself.
#pragma once

#include <string_view>

namespace plumbline {

struct EmbeddedFile {
  std::string_view path;  // from the folder that its table is of
  std::string_view text;
};

}  // namespace plumbline
