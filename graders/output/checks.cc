// SPDX-License-Identifier: MIT
#include "graders/output/checks.h"

#include "graders/output/distinct_check.h"
#include "graders/output/text_check.h"

namespace plumbline::graders::output {

std::vector<evaluate::CheckKind> Kinds() {
  return {
      Text(),
      Distinct(),
  };
}

}  // namespace plumbline::graders::output
