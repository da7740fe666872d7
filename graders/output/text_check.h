// SPDX-License-Identifier: MIT
// output.text: what a stream holds.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::output {

evaluate::CheckKind Text();

}  // namespace plumbline::graders::output
