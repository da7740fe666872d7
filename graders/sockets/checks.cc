// SPDX-License-Identifier: MIT
#include "graders/sockets/checks.h"

#include "graders/sockets/ended_check.h"
#include "graders/sockets/listening_check.h"

namespace plumbline::graders::sockets {

std::vector<evaluate::CheckKind> Kinds() {
  return {
      Listening(),
      Ended(),
  };
}

}  // namespace plumbline::graders::sockets
