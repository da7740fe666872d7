// SPDX-License-Identifier: MIT
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/document.h"

namespace plumbline::cli {

Outcome<Exit> RunVersion(const Options& options) {
  if (options.json)
    PrintDocument({{"plumbline", Version()}});
  else
    Print(std::string("plumbline ") + Version() + "\n");
  return Exit::kPassed;
}

}  // namespace plumbline::cli
