// SPDX-License-Identifier: MIT
#include "graders/files/checks.h"

#include "graders/files/content_check.h"
#include "graders/files/left_check.h"
#include "graders/files/state_check.h"

namespace plumbline::graders::files {

std::vector<evaluate::CheckKind> Kinds() {
  return {
      Content(),
      State(),
      Left(),
  };
}

}  // namespace plumbline::graders::files
