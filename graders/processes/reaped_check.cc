// SPDX-License-Identifier: MIT
#include "graders/processes/reaped_check.h"

#include <algorithm>
#include <optional>
#include <variant>
#include <vector>

#include "evaluate/endings.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.reaped",
          .doc = "Passes when the process waited for each of its children.",
          .params = {evaluate::ByParam("submission")},
          .findings = {{"zombie", "A child ended and was not waited for."},
                       {"orphan", "A child outlived its parent."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;
using record::ProcessIndex;

// What happened to one child, by the places of the events in the record; nothing if they are not in
// it.
struct Fate {
  ProcessIndex parent = 0;
  ProcessIndex child = 0;
  std::optional<size_t> child_ended;
  std::optional<size_t> parent_ended;
  bool reaped = false;  // by this parent
};

std::vector<Fate> FatesOfChildren(const evaluate::Scene& scene, ProcessIndex parent) {
  const auto events = evaluate::EventsUntil(scene, scene.recording().snapshot("end"));
  std::vector<Fate> fates;
  const auto of = [&](ProcessIndex child) { return std::ranges::find(fates, child, &Fate::child); };
  std::optional<size_t> parent_ended;
  for (size_t i = 0; i < events.size(); ++i) {
    const record::Event& event = events[i];
    const auto* born = std::get_if<record::Born>(&event.what);
    const auto* reaped = std::get_if<record::Reaped>(&event.what);
    const bool exited = std::holds_alternative<record::Exited>(event.what);
    if (event.actor == parent && born != nullptr) {
      const auto& self = scene.recording().processes[static_cast<size_t>(born->child)];
      if (!self.internal)
        fates.push_back(
            {.parent = parent, .child = born->child, .child_ended = {}, .parent_ended = {}});
    }
    if (event.actor == parent && reaped != nullptr && of(reaped->child) != fates.end()) {
      of(reaped->child)->reaped = true;
    }
    if (exited && event.actor == parent) parent_ended = i;
    if (exited && of(event.actor) != fates.end()) of(event.actor)->child_ended = i;
  }
  for (Fate& fate : fates) fate.parent_ended = parent_ended;
  return fates;
}

evaluate::Finding Zombie(const evaluate::Scene& scene, const Fate& fate) {
  return {.code = "zombie",
          .what = Msg("{parent} never waited for {child}, which had ended.",
                      {{"parent", scene.NameOf(fate.parent)}, {"child", scene.NameOf(fate.child)}}),
          .evidence = {evaluate::HowItEnded(scene, fate.child),
                       evaluate::HowItEnded(scene, fate.parent)},
          .why = Msg("An ended process stays as a zombie until its parent takes its status with "
                     "wait() or waitpid()."),
          .next = Msg("Call waitpid() once for each child before the parent ends.")};
}

evaluate::Finding Orphan(const evaluate::Scene& scene, const Fate& fate) {
  return {.code = "orphan",
          .what = Msg("{parent} ended before its child, {child}.",
                      {{"parent", scene.NameOf(fate.parent)}, {"child", scene.NameOf(fate.child)}}),
          .evidence = {evaluate::HowItEnded(scene, fate.parent),
                       evaluate::HowItEnded(scene, fate.child)},
          .why = Msg("A child that outlives its parent is adopted by another process; nobody of "
                     "your program waits for it."),
          .next = Msg("Wait for each child with waitpid() before the parent ends.")};
}

evaluate::Judgement JudgeFate(const evaluate::Scene& scene, const Fate& fate) {
  if (fate.reaped) return evaluate::Pass{};
  if (!fate.parent_ended && !fate.child_ended) {
    return evaluate::NotReached{
        Msg("The run was over before {child} ended. {reason}",
            {{"child", scene.NameOf(fate.child)}, {"reason", evaluate::WhyItEnded(scene)}})};
  }
  if (!fate.parent_ended && scene.recording().outcome == record::Outcome::kStuck &&
      !evaluate::Hung(scene)) {
    return evaluate::NotReached{
        Msg("The run was over before {parent} could wait for {child}. {reason}",
            {{"parent", scene.NameOf(fate.parent)},
             {"child", scene.NameOf(fate.child)},
             {"reason", evaluate::WhyItEnded(scene)}})};
  }
  const bool ended_first =
      fate.child_ended && (!fate.parent_ended || *fate.child_ended < *fate.parent_ended);
  return ended_first ? Zombie(scene, fate) : Orphan(scene, fate);
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto by = evaluate::Everybody(scene, params.Get<spec::WhoList>("by"), nullptr);
  if (!by) return by.error();
  for (const ProcessIndex parent : *by) {
    for (const Fate& fate : FatesOfChildren(scene, parent)) {
      evaluate::Judgement judgement = JudgeFate(scene, fate);
      if (!std::holds_alternative<evaluate::Pass>(judgement)) return judgement;
    }
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Reaped() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
