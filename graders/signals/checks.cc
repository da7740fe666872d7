// SPDX-License-Identifier: MIT
#include "graders/signals/checks.h"

#include "graders/signals/disposition_check.h"
#include "graders/signals/safe_handler_check.h"
#include "graders/signals/sent_check.h"

namespace plumbline::graders::signals {

std::vector<evaluate::CheckKind> Kinds() {
  return {
      Disposition(),
      Sent(),
      SafeHandler(),
  };
}

}  // namespace plumbline::graders::signals
