// SPDX-License-Identifier: MIT
// Error numbers by name, as errno(3) has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plumbline {

// "EAGAIN" for 11, "errno 4095" for what has no name.
std::string ErrnoName(int code);
// Takes second names ("EWOULDBLOCK") too; nothing for what is no name.
std::optional<int> ErrnoNumber(std::string_view name);

}  // namespace plumbline
