// SPDX-License-Identifier: MIT
// What a program loses for good before exec: capabilities (capabilities(7)) and, with the filter of
// policy.h (seccomp(2)), system calls. Async-signal-safe; errno tells why one failed.
#pragma once

#include <string_view>

namespace plumbline::sandbox {

bool DropPrivileges();
bool InstallFilter(std::string_view filter);

}  // namespace plumbline::sandbox
