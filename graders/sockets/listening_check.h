// SPDX-License-Identifier: MIT
// sockets.listening: a process listens on these ports or this path.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::sockets {

evaluate::CheckKind Listening();

}  // namespace plumbline::graders::sockets
