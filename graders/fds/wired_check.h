// SPDX-License-Identifier: MIT
// fds.wired: descriptors are joined as the edges say.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::fds {

evaluate::CheckKind Wired();

}  // namespace plumbline::graders::fds
