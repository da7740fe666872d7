// SPDX-License-Identifier: MIT
// signals.disposition: what a signal would do to a process.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::signals {

evaluate::CheckKind Disposition();

}  // namespace plumbline::graders::signals
