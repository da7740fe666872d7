// SPDX-License-Identifier: MIT
// processes.state: so many processes are in a state.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind State();

}  // namespace plumbline::graders::processes
