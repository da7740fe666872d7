// SPDX-License-Identifier: MIT
// processes.made: so many processes were born.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind Made();

}  // namespace plumbline::graders::processes
