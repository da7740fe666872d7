// SPDX-License-Identifier: MIT
#include "graders/resources/growth_check.h"

#include <string>
#include <utility>
#include <vector>

#include "base/units.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

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

using evaluate::Msg;
using record::Snapshot;
using Processes = std::vector<record::ProcessIndex>;

int64_t DescriptorsOf(const evaluate::Scene& scene, const Processes& who, const Snapshot& at) {
  int64_t count = 0;
  for (const record::ProcessIndex process : who) {
    count += std::ssize(scene.StateAt(process, at)->descriptors);
  }
  return count;
}

int64_t MemoryOf(const evaluate::Scene& scene, const Processes& who, const Snapshot& at) {
  const auto& usage = scene.recording().machine.usage;
  const auto taken = usage.find(at.name);
  if (taken == usage.end()) return 0;
  int64_t bytes = 0;
  for (const record::ProcessIndex process : who) {
    const auto it = taken->second.find(process);
    if (it != taken->second.end()) bytes += static_cast<int64_t>(it->second.memory);
  }
  return bytes;
}

int64_t Count(const evaluate::Scene& scene, const std::string& what, const Processes& who,
              const Snapshot& at) {
  if (what == "descriptors") return DescriptorsOf(scene, who, at);
  if (what == "memory") return MemoryOf(scene, who, at);
  return std::ssize(who);
}

// What is there at the second snapshot and was not at the first.
std::vector<evaluate::Message> WhatIsNew(const evaluate::Scene& scene, const std::string& what,
                                         const spec::WhoList& who, const Snapshot& from,
                                         const Snapshot& to) {
  std::vector<evaluate::Message> evidence;
  for (const record::ProcessIndex process : scene.Resolve(who, &to)) {
    const auto* before = scene.StateAt(process, from);
    const auto* now = scene.StateAt(process, to);
    if (evidence.size() == 6) break;
    if (what == "processes" && before == nullptr) {
      evidence.push_back(
          now->state == record::ProcessState::kZombie
              ? Msg("New, and a zombie: {who}.", {{"who", scene.NameOf(process, &to)}})
              : Msg("New: {who}.", {{"who", scene.NameOf(process, &to)}}));
    }
    if (what != "descriptors") continue;
    for (const auto& [fd, descriptor] : now->descriptors) {
      if (evidence.size() == 6 || (before != nullptr && before->descriptors.contains(fd))) continue;
      evidence.push_back(Msg("New in {who}: descriptor {fd}, {object}.",
                             {{"who", scene.NameOf(process, &to)},
                              {"fd", fd},
                              {"object", scene.NameOfObject(descriptor.object, to)}}));
    }
  }
  return evidence;
}

evaluate::Message CureOf(const std::string& what) {
  if (what == "descriptors")
    return Msg("Close each descriptor when its work is done, in the parent after fork() too.");
  if (what == "memory")
    return Msg("Free what is no longer needed, and keep no more than a limited amount.");
  return Msg("Let each process end when its work is done, and wait for it.");
}

evaluate::Message NameOf(const std::string& what) {
  if (what == "descriptors") return Msg("the number of open descriptors");
  if (what == "memory") return Msg("the resident memory");
  return Msg("the number of processes");
}

// Memory is measured, and differs a little from run to run; two grades of one program shall not.
evaluate::Message Grown(const std::string& what, const Snapshot& from, const Snapshot& to,
                        int64_t was, int64_t is, int64_t most) {
  std::vector<evaluate::Argument> arguments{
      {"before", from.name}, {"after", to.name}, {"what", NameOf(what)}};
  if (what == "memory") {
    arguments.emplace_back("most", ToString(Bytes{static_cast<uint64_t>(most)}));
    return Msg("Between '{before}' and '{after}' {what} grew by more than {most}.",
               std::move(arguments));
  }
  arguments.insert(arguments.end(), {{"was", was}, {"is", is}, {"most", most}});
  return Msg(
      "Between '{before}' and '{after}' {what} grew from {was} to {is}; by at most {most} would be "
      "right.",
      std::move(arguments));
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto between = evaluate::SnapshotsBetween(scene, params);
  if (!between) return between.error();
  const auto& [from, to] = *between;
  const auto& who = params.Get<spec::WhoList>("who");
  const auto before = evaluate::Everybody(scene, who, from);
  if (!before) return before.error();
  const Processes after = scene.Resolve(who, to);
  const int64_t most = params.Get<int64_t>("most");
  for (const std::string& what : params.Get<std::vector<std::string>>("what")) {
    const int64_t was = Count(scene, what, *before, *from);
    const int64_t is = Count(scene, what, after, *to);
    if (is - was <= most) continue;
    return evaluate::Finding{.code = "grew",
                             .what = Grown(what, *from, *to, was, is, most),
                             .evidence = WhatIsNew(scene, what, who, *from, *to),
                             .why = Msg("What is taken for each client or each round and never "
                                        "given back piles up until it is refused."),
                             .next = CureOf(what)};
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Growth() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::resources
