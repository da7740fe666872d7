// SPDX-License-Identifier: MIT
// fds.leaked: nobody holds a pipe end or socket that it never uses again.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::fds {

evaluate::CheckKind Leaked();

}  // namespace plumbline::graders::fds
