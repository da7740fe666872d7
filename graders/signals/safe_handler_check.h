// SPDX-License-Identifier: MIT
// signals.safe_handler: what handlers do that may come at any instant is safe there.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::signals {

evaluate::CheckKind SafeHandler();

}  // namespace plumbline::graders::signals
