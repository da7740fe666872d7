// SPDX-License-Identifier: MIT
// The form of an entry in the cache: a line with the format's version, a line with the hash of the
// rest, and the rest: the key and the report, as a string of numbers and texts (sandbox/wire.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "build/build.h"

namespace plumbline::build {

std::string EncodeEntry(const std::string& key, const Report& report);
// Nothing unless it is whole and of this key. The report says that it was cached.
std::optional<Report> DecodeEntry(std::string_view bytes, const std::string& key);

}  // namespace plumbline::build
