// SPDX-License-Identifier: MIT
// output.distinct: streams differ from one another, over all scenarios of the check.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::output {

evaluate::CheckKind Distinct();

}  // namespace plumbline::graders::output
