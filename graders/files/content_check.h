// SPDX-License-Identifier: MIT
// files.content: what a file holds.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::files {

evaluate::CheckKind Content();

}  // namespace plumbline::graders::files
