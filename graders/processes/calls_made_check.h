// SPDX-License-Identifier: MIT
// calls.made: so many calls were made.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind CallsMade();

}  // namespace plumbline::graders::processes
