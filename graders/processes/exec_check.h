// SPDX-License-Identifier: MIT
// processes.exec: so many executions have this path, arguments and environment.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind Exec();

}  // namespace plumbline::graders::processes
