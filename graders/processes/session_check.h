// SPDX-License-Identifier: MIT
// processes.session: a process left its group, its session, its terminal.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind Session();

}  // namespace plumbline::graders::processes
