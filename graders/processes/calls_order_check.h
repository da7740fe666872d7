// SPDX-License-Identifier: MIT
// calls.order: the first of each of these happened in this order.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::processes {

evaluate::CheckKind CallsOrder();

}  // namespace plumbline::graders::processes
