// SPDX-License-Identifier: MIT
#include "graders/pipes/checks.h"

#include "graders/pipes/carried_check.h"

namespace plumbline::graders::pipes {

std::vector<evaluate::CheckKind> Kinds() {
  return {
      Carried(),
  };
}

}  // namespace plumbline::graders::pipes
