// SPDX-License-Identifier: MIT
// memory.left: at the end no shared memory, semaphore or queue is there.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::memory {

evaluate::CheckKind Left();

}  // namespace plumbline::graders::memory
