// SPDX-License-Identifier: MIT
// Regular expressions in which placeholders stand. RE2 has braces of its own: how often something
// comes ({2}, {1,3}), a class of characters (\p{Greek}), a character by its number (\x{20AC}).
// Those, and all in brackets or behind a backslash, are left to it; every other {NAME} is a
// placeholder, and {{ is a brace, as in all texts.
#pragma once

#include <string>
#include <vector>

#include "spec/values.h"

namespace plumbline::spec {

// The expression that RE2 takes: each value stands for itself, whatever characters it has. What has
// no value stands for itself as written, and the first of these is named in `*missing`.
std::string SubstituteInPattern(const std::string& pattern, const PlaceholderSource& source,
                                std::string* missing = nullptr);
// All placeholders that it names, for lint.
std::vector<std::string> PlaceholdersInPattern(const std::string& pattern);

}  // namespace plumbline::spec
