// SPDX-License-Identifier: MIT
#include "graders/fds/open_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::fds {
namespace {

spec::KindTable Table() {
  return {
      .name = "fds.open",
      .doc = "Passes when just these descriptors are open.",
      .params = {evaluate::AtParam(), evaluate::WhoParam(),
                 evaluate::Required({.name = "table",
                                     .type = spec::ParamType::kFdTable,
                                     .doc = "Descriptor and what it is: file, pipe, fifo, socket, "
                                            "terminal, null, a path or a connection."})},
      .findings = {
          {"extra-descriptor", "A descriptor is open that is not in the table."},
          {"missing-descriptor", "A descriptor of the table is closed or is something else."},
          evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kDescriptors, record::Facet::kSockets};
}

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Open() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::fds
