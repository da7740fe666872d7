// SPDX-License-Identifier: MIT
#include "graders/processes/calls_order_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "calls.order",
          .doc = "Passes when the first of each of these happened in this order.",
          .params = {evaluate::Required({.name = "events",
                                         .type = spec::ParamType::kOrder,
                                         .doc = "What has to happen, in this order."})},
          .findings = {{"wrong-order", "Something happened too early, or not at all."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kTransfers}; }

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind CallsOrder() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::processes
