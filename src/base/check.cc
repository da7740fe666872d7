// SPDX-License-Identifier: MIT
#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace plumbline::internal {

void CheckFailed(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "plumbline: %s:%d: invariant broken: %s\n", file, line, condition);
  std::abort();
}

}  // namespace plumbline::internal
