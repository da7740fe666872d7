// SPDX-License-Identifier: MIT
// CHECK(condition): a broken invariant ends the process, in release builds too.
#pragma once

namespace plumbline::internal {
[[noreturn]] void CheckFailed(const char* file, int line, const char* condition);
}

#define CHECK(condition) \
  ((condition) ? (void)0 : ::plumbline::internal::CheckFailed(__FILE__, __LINE__, #condition))
