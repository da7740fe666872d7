// SPDX-License-Identifier: MIT
// processes.terminal: the settings of the terminal are what they were.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind Terminal();

}  // namespace plumbline::graders::processes
