// SPDX-License-Identifier: MIT
// processes.exit: each process ended so.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind Exit();

}  // namespace plumbline::graders::processes
