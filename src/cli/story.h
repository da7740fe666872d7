// SPDX-License-Identifier: MIT
// Recording -> the story of a run, a line an event: "[3 cat] openat(AT_FDCWD, words, O_RDONLY) = 3".
// A pure function; what programs said is escaped.
#pragma once

#include <string>

#include "record/recording.h"

namespace plumbline::cli {

// Every line ends with a newline. The last lines say how the run ended and, if nobody could go on, who
// waits in which call.
std::string Story(const record::Recording& recording);

}  // namespace plumbline::cli
