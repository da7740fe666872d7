// SPDX-License-Identifier: MIT
#include "graders/memory/checks.h"

#include "graders/memory/changed_check.h"
#include "graders/memory/left_check.h"
#include "graders/memory/shared_check.h"

namespace plumbline::graders::memory {

std::vector<evaluate::CheckKind> Kinds() {
  return {
      Shared(),
      Changed(),
      Left(),
  };
}

}  // namespace plumbline::graders::memory
