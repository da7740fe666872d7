// SPDX-License-Identifier: MIT
// The words that the page's scripts write, by the keys that they know them by.
#pragma once

#include <map>
#include <string>

#include "evaluate/finding.h"

namespace plumbline::report {

const std::map<std::string, evaluate::Message>& PageWords();

}  // namespace plumbline::report
