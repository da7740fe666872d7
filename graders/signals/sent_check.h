// SPDX-License-Identifier: MIT
// signals.sent: so many signals were sent.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::signals {

evaluate::CheckKind Sent();

}  // namespace plumbline::graders::signals
