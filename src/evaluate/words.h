// SPDX-License-Identifier: MIT
// Parts of sentences that many findings need: amounts and alternatives as people say them.
#pragma once

#include <string>
#include <vector>

#include "evaluate/finding.h"
#include "spec/values.h"

namespace plumbline::evaluate {

// "3", "at least 2", "at most 4", "1 to 3".
Message NumberInWords(const spec::Range& range);
// The same of things that are counted: 0 is "none".
Message CountInWords(const spec::Range& range);
// The same of bytes: "at least 64 KiB".
Message SizeInWords(const spec::Range& bytes);

// "a file", "a file or a FIFO", "a file or a FIFO or a socket". REQUIRES: at least one.
Message Either(std::vector<Message> words);

// Of a step that could not happen: what was there instead (record/instead.h).
Message InsteadInWords(const std::string& instead);

}  // namespace plumbline::evaluate
