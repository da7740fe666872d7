// SPDX-License-Identifier: MIT
#include "graders/resources/growth_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::resources {
namespace {

spec::KindTable Table() {
  return {.name = "resources.growth",
          .doc = "Passes when what is counted grew by no more between the snapshots.",
          .params = {evaluate::Required({.name = "what",
                                         .type = spec::ParamType::kChoices,
                                         .doc = "What is counted; of a list, each.",
                                         .choices = {{"descriptors", "open descriptors"},
                                                     {"memory", "resident bytes"},
                                                     {"processes", "processes, zombies too"}}}),
                     evaluate::BetweenParam(), evaluate::WhoParam("all"),
                     evaluate::Defaulting({.name = "most",
                                           .type = spec::ParamType::kCountOrSize,
                                           .doc = "By how much each may grow."},
                                          "0")},
          .findings = {{"grew", "It grew by more."}, evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params& params) {
  std::set<record::Facet> needs;
  for (const std::string& what : params.Get<std::vector<std::string>>("what")) {
    if (what == "descriptors") needs.insert(record::Facet::kDescriptors);
    if (what == "memory") needs.insert(record::Facet::kUsage);
  }
  return needs;
}

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Growth() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::resources
