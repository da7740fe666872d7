// SPDX-License-Identifier: MIT
#include "graders/resources/checks.h"

#include "graders/resources/growth_check.h"
#include "graders/resources/idle_check.h"

namespace plumbline::graders::resources {

std::vector<evaluate::CheckKind> Kinds() {
  return {
      Idle(),
      Growth(),
  };
}

}  // namespace plumbline::graders::resources
