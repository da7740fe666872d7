// SPDX-License-Identifier: MIT
// sockets.ended: how the program left a connection.
#pragma once

#include "evaluate/check_kind.h"

namespace plumbline::graders::sockets {

evaluate::CheckKind Ended();

}  // namespace plumbline::graders::sockets
