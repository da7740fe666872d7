// SPDX-License-Identifier: MIT
// Both ends of a new pipe (pipe(2)), the caller's, closed at exec. Fails where there are no more
// descriptors.
#pragma once

#include "base/error.h"
#include "base/unique_fd.h"

namespace plumbline {

struct Pipe {
  UniqueFd reader;
  UniqueFd writer;
};
Result<Pipe> MakePipe();

}  // namespace plumbline
