// SPDX-License-Identifier: MIT
#include "graders/external/checks.h"

#include "graders/external/external_check.h"

namespace plumbline::graders::external {

std::vector<evaluate::CheckKind> Kinds() { return {External()}; }

}  // namespace plumbline::graders::external
