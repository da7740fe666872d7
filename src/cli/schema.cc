// SPDX-License-Identifier: MIT
#include "cli/commands.h"
#include "cli/console.h"
#include "graders/builtin.h"
#include "spec/loader.h"

namespace plumbline::cli {

Outcome<Exit> RunSchema(const Options&) {
  const std::string schema = spec::JsonSchema(graders::KindTables());
  Print(schema.ends_with('\n') ? schema : schema + "\n");
  return Exit::kPassed;
}

}  // namespace plumbline::cli
