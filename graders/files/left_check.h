// SPDX-License-Identifier: MIT
// files.left: nothing new is left in the working directory.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::files {

evaluate::CheckKind Left();

}  // namespace plumbline::graders::files
