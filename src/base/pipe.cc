// SPDX-License-Identifier: MIT
#include "base/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

namespace plumbline {

Result<Pipe> MakePipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) return ErrnoError("pipe2");
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

}  // namespace plumbline
