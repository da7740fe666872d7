// SPDX-License-Identifier: MIT
// Recordings made small (zlib(3)).
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/units.h"

namespace plumbline::gradebook {

std::string Pack(std::string_view bytes);
// Fails for what Pack did not make, and for what would be larger than `limit`.
Result<std::string> Unpack(std::string_view packed, Bytes limit = MiB(512));

}  // namespace plumbline::gradebook
