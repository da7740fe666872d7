// SPDX-License-Identifier: MIT
#include "graders/processes/exec_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {
      .name = "processes.exec",
      .doc = "Passes when so many executions have this path, these arguments and this environment.",
      .params =
          {evaluate::WhoParam(),
           {.name = "path", .type = spec::ParamType::kPath, .doc = "The path that was executed."},
           {.name = "argv",
            .type = spec::ParamType::kArgv,
            .doc = "The arguments from argv[0] on; ~ stands for anything."},
           {.name = "env", .type = spec::ParamType::kStringMap, .doc = "The whole environment."},
           {.name = "env_has",
            .type = spec::ParamType::kStringMap,
            .doc = "Variables with their values, among others."},
           {.name = "env_lacks",
            .type = spec::ParamType::kStringList,
            .doc = "Names of variables that are not there."},
           evaluate::CountParam()},
      .findings = {{"not-run", "It was not executed."},
                   {"wrong-argv", "It was executed with other arguments."},
                   {"wrong-env", "It was executed with another environment."},
                   {"forbidden", "It was executed more often than allowed."},
                   evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Exec() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
