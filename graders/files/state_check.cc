// SPDX-License-Identifier: MIT
#include "graders/files/state_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::files {
namespace {

spec::KindTable Table() {
  return {.name = "files.state",
          .doc = "Passes when the path is of this kind and has this mode.",
          .params = {evaluate::Required({.name = "path",
                                         .type = spec::ParamType::kPath,
                                         .doc = "The path; a pattern has to match exactly one."}),
                     evaluate::AtParam(),
                     {.name = "is",
                      .type = spec::ParamType::kChoices,
                      .doc = "What it has to be; of a list, any one.",
                      .choices = {{"file", "a regular file"},
                                  {"fifo", "a named pipe"},
                                  {"socket", "a UNIX socket"},
                                  {"directory", "a directory"},
                                  {"missing", "nothing is there"}}},
                     {.name = "mode",
                      .type = spec::ParamType::kMode,
                      .doc = "Its permission bits, in quotes."}},
          .findings = {{"missing-file", "Nothing is there."},
                       {"wrong-kind", "It is something else."},
                       {"wrong-mode", "It has other permissions."},
                       {"left-over", "It is still there."}},
          .one_of = {"is", "mode"}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kFiles}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind State() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::files
