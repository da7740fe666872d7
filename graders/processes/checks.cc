// SPDX-License-Identifier: MIT
#include "graders/processes/checks.h"

#include "graders/processes/calls_made_check.h"
#include "graders/processes/calls_order_check.h"
#include "graders/processes/exec_check.h"
#include "graders/processes/exit_check.h"
#include "graders/processes/left_check.h"
#include "graders/processes/made_check.h"
#include "graders/processes/reaped_check.h"
#include "graders/processes/session_check.h"
#include "graders/processes/state_check.h"
#include "graders/processes/terminal_check.h"
#include "graders/processes/tree_check.h"

namespace plumbline::graders::processes {

std::vector<evaluate::CheckKind> Kinds() {
  return {
      State(),   Tree(),     Made(), Exec(),      Exit(),       Reaped(),
      Session(), Terminal(), Left(), CallsMade(), CallsOrder(),
  };
}

}  // namespace plumbline::graders::processes
