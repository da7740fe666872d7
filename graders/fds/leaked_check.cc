// SPDX-License-Identifier: MIT
#include "graders/fds/leaked_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::fds {
namespace {

spec::KindTable Table() {
  return {.name = "fds.leaked",
          .doc = "Passes when none holds a pipe end or socket that it never uses again.",
          .params = {evaluate::AtParam(), evaluate::WhoParam()},
          .findings = {{"pipe-end-kept", "An end of a pipe stays open and is never used again."},
                       {"socket-kept", "A socket stays open and is never used again."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kDescriptors, record::Facet::kTransfers, record::Facet::kSockets};
}

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Leaked() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::fds
