// SPDX-License-Identifier: MIT
#include "graders/processes/made_check.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.made",
          .doc = "Passes when so many processes were born, threads not counted.",
          .params = {evaluate::ByParam(), evaluate::CountParam()},
          .findings = {{"too-few", "Fewer were born."},
                       {"too-many", "More were born."},
                       {"threads", "Threads were made instead."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;

struct Births {
  std::vector<record::ProcessIndex> children;
  std::optional<record::Location> where;  // of the last
  int threads = 0;
};

Births BirthsBy(const evaluate::Scene& scene, const std::vector<record::ProcessIndex>& by) {
  Births births;
  for (const record::Event& event : scene.recording().events) {
    if (std::ranges::find(by, event.actor) == by.end()) continue;
    if (std::holds_alternative<record::ThreadBorn>(event.what)) ++births.threads;
    const auto* born = std::get_if<record::Born>(&event.what);
    if (born == nullptr || scene.recording().processes[static_cast<size_t>(born->child)].internal) {
      continue;
    }
    births.children.push_back(born->child);
    births.where = event.where;
  }
  return births;
}

std::vector<evaluate::Message> WhoWasBorn(const evaluate::Scene& scene, const Births& births) {
  std::vector<evaluate::Message> evidence;
  for (const record::ProcessIndex child : births.children) {
    if (evidence.size() == 8) break;
    const auto parent = scene.recording().processes[static_cast<size_t>(child)].parent;
    evidence.push_back(Msg("{parent} made {child}.",
                           {{"parent", scene.NameOf(parent)}, {"child", scene.NameOf(child)}}));
  }
  return evidence;
}

evaluate::Message WrongNumber(const Births& births, const spec::Range& count) {
  return Msg("Processes made: {made}; there should be: {count}.",
             {{"made", births.children.size()}, {"count", evaluate::CountInWords(count)}});
}

evaluate::Finding TooFew(const evaluate::Scene& scene, const Births& births,
                         const spec::Range& count) {
  const auto made = births.children.size();
  if (births.threads > 0) {
    return {.code = "threads",
            .what = Msg(
                "Processes made: {made}, threads: {threads}; there should be processes: {count}.",
                {{"threads", births.threads},
                 {"made", made},
                 {"count", evaluate::CountInWords(count)}}),
            .why = Msg("A thread shares all memory with its process; a process has its own."),
            .next = Msg("Make the processes with fork().")};
  }
  return {.code = "too-few",
          .what = WrongNumber(births, count),
          .evidence = WhoWasBorn(scene, births),
          .next = Msg("Look whether each fork() is reached, and what it returns.")};
}

evaluate::Finding TooMany(const evaluate::Scene& scene, const Births& births,
                          const spec::Range& count) {
  return {.code = "too-many",
          .what = WrongNumber(births, count),
          .evidence = WhoWasBorn(scene, births),
          .why = Msg("After fork() both go on behind it. A child whose exec failed, or that does "
                     "not end, runs the code of its parent once more."),
          .next = Msg("End each child with _exit() after its own work and after a failed exec."),
          .location = births.where};
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto& count = params.Get<spec::Range>("count");
  const auto by = evaluate::Everybody(scene, params.Get<spec::WhoList>("by"), nullptr, count);
  if (!by) return by.error();
  const Births births = BirthsBy(scene, *by);
  const auto made = static_cast<int64_t>(births.children.size());
  if (count.Contains(made)) return evaluate::Pass{};
  return made < count.least ? TooFew(scene, births, count) : TooMany(scene, births, count);
}

}  // namespace

evaluate::CheckKind Made() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
