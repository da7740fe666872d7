// SPDX-License-Identifier: MIT
// processes.left: at the end no process is there.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind Left();

}  // namespace plumbline::graders::processes
