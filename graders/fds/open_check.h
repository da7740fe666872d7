// SPDX-License-Identifier: MIT
// fds.open: a process has just these descriptors open.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::fds {

evaluate::CheckKind Open();

}  // namespace plumbline::graders::fds
