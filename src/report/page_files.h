// SPDX-License-Identifier: MIT
// The files of page/, which the build puts into the program (ci/cmake/embed.cmake).
#pragma once

#include <string_view>

namespace plumbline::report {

extern const std::string_view kPageCss;
extern const std::string_view kPaperScript;  // that of a page which draws nothing
extern const std::string_view
    kPageScript;  // all scripts, in the order in which they need each other

}  // namespace plumbline::report
