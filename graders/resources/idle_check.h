// SPDX-License-Identifier: MIT
// resources.idle: the processes wait without the processor.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::resources {

evaluate::CheckKind Idle();

}  // namespace plumbline::graders::resources
