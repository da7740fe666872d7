// SPDX-License-Identifier: MIT
// The check kinds of this topic.
#pragma once

#include <vector>

#include "evaluate/check_kind.h"

namespace plumbline::graders::external {

std::vector<evaluate::CheckKind> Kinds();

}  // namespace plumbline::graders::external
