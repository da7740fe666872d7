// SPDX-License-Identifier: MIT
// Recording -> the story of a run, a line an event: "[3 cat] read(3) "a\n" = 2 bytes from words".
// A pure function; what programs said is escaped.
#pragma once

#include <string>

#include "record/recording.h"
#include "report/translator.h"

namespace plumbline::report {

// Every line ends with a newline. `all`: also what loaders and libraries do to set a program up,
// and each turn of a loop.
std::string Story(const record::Recording& recording, const Translator& translator,
                  bool all = false);

}  // namespace plumbline::report
