// SPDX-License-Identifier: MIT
#include "cli/commands.h"
#include "scenario/supervisor.h"

namespace plumbline::cli {

Outcome<Exit> RunSupervise(const Options& options) {
  return scenario::Supervise(options.socket, options.cpu) == 0 ? Exit::kPassed : Exit::kMachine;
}

}  // namespace plumbline::cli
