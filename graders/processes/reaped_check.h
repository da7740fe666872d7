// SPDX-License-Identifier: MIT
// processes.reaped: a process waited for each of its children.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind Reaped();

}  // namespace plumbline::graders::processes
