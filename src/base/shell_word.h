// SPDX-License-Identifier: MIT
// Words of a command line that a person may copy.
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

// A word as a shell reads it back (POSIX, "Shell Command Language", 2.2): as it is if nothing in it
// means anything there, else between single quotes. No control characters are escaped: see Escaped.
std::string ShellWord(std::string_view word);

}  // namespace plumbline
