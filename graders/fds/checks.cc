// SPDX-License-Identifier: MIT
#include "graders/fds/checks.h"

#include "graders/fds/leaked_check.h"
#include "graders/fds/open_check.h"
#include "graders/fds/wired_check.h"

namespace plumbline::graders::fds {

std::vector<evaluate::CheckKind> Kinds() {
  return {
      Wired(),
      Open(),
      Leaked(),
  };
}

}  // namespace plumbline::graders::fds
