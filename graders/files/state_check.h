// SPDX-License-Identifier: MIT
// files.state: what a path is, and its mode.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::files {

evaluate::CheckKind State();

}  // namespace plumbline::graders::files
