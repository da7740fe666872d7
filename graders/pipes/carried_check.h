// SPDX-License-Identifier: MIT
// pipes.carried: so many bytes went from one process to another through a pipe.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::pipes {

evaluate::CheckKind Carried();

}  // namespace plumbline::graders::pipes
