// SPDX-License-Identifier: MIT
// A terminal's settings as text that two snapshots can be compared by.
#pragma once

#include <string>

namespace plumbline::scenario {

// One "name value" a line, names as termios(3) has them, in lower case as stty(1) prints them.
// Empty if `terminal` is none.
std::string TerminalSettings(int terminal);

}  // namespace plumbline::scenario
