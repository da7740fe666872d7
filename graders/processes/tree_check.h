// SPDX-License-Identifier: MIT
// processes.tree: the living processes form a tree of this shape.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind Tree();

}  // namespace plumbline::graders::processes
