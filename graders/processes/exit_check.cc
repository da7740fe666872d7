// SPDX-License-Identifier: MIT
#include "graders/processes/exit_check.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>

#include "base/signals.h"
#include "evaluate/endings.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {.name = "processes.exit",
          .doc = "Passes when each process ended with this status, or by this signal.",
          .params = {evaluate::WhoParam(),
                     evaluate::Defaulting({.name = "status",
                                           .type = spec::ParamType::kRange,
                                           .doc = "Exit statuses that are right."},
                                          "0"),
                     {.name = "killed_by",
                      .type = spec::ParamType::kSignal,
                      .doc = "The signal that ends it, instead of a status."}},
          .findings = {{"wrong-status", "It ended with another status."},
                       {"killed", "A signal or a limit ended it."},
                       {"hung", "It had not ended when nothing could move any more."},
                       evaluate::NobodyFinding()},
          .exclusive = {{"status", "killed_by"}}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;
using record::Outcome;
using record::ProcessIndex;

// What was asked for, as words.
evaluate::Message Wanted(const spec::Params& params) {
  if (const auto* signals = params.Find<spec::SignalSet>("killed_by")) {
    return Msg("{signal} should end it", {{"signal", SignalName(signals->numbers.front())}});
  }
  return Msg("its status should be {status}",
             {{"status", evaluate::NumberInWords(params.Get<spec::Range>("status"))}});
}

evaluate::Message CauseOfStatus(int status) {
  if (status == 127) return Msg("127 says that a command was not found.");
  if (status == 126) return Msg("126 says that a command could not be executed.");
  if (status > 128 && status <= 128 + 64) {
    return Msg("A shell tells by {status} that {signal} ended a command.",
               {{"status", status}, {"signal", SignalName(status - 128)}});
  }
  return {};
}

void AddLastWords(const evaluate::Scene& scene, ProcessIndex process, evaluate::Finding& finding) {
  auto words = evaluate::LastWords(scene, process);
  if (!words.empty()) finding.evidence.push_back(std::move(words));
}

evaluate::Finding WrongStatus(const evaluate::Scene& scene, const spec::Params& params,
                              ProcessIndex process, int status) {
  evaluate::Finding finding{
      .code = "wrong-status",
      .what = Msg("{who} ended with status {status}; {wanted}.",
                  {{"who", scene.NameOf(process)}, {"status", status}, {"wanted", Wanted(params)}}),
      .why = CauseOfStatus(status),
      .next = Msg("Look at what main() returns and at each exit(): which one was reached?")};
  AddLastWords(scene, process, finding);
  finding.location = evaluate::WhereItRaised(scene, process);
  return finding;
}

std::optional<record::Location> WhereKilled(const evaluate::Scene& scene, ProcessIndex process) {
  for (const record::Event& event : scene.recording().events) {
    if (event.actor == process && std::holds_alternative<record::Exited>(event.what)) {
      return event.where;
    }
  }
  return std::nullopt;
}

// Who sent the signal that ended a process, if it was sent.
void AddSender(const evaluate::Scene& scene, ProcessIndex process, int signal,
               evaluate::Finding& finding) {
  const record::Event* last = nullptr;
  for (const record::Event& event : scene.recording().events) {
    const auto* sent = std::get_if<record::SignalSent>(&event.what);
    if (sent == nullptr || sent->signal != signal || event.actor == record::kGrader) continue;
    if (std::ranges::find(sent->to, process) != sent->to.end()) last = &event;
  }
  if (last == nullptr) return;
  finding.evidence.push_back(Msg("{sender} sent {signal}.", {{"sender", scene.NameOf(last->actor)},
                                                             {"signal", SignalName(signal)}}));
}

evaluate::Finding Killed(const evaluate::Scene& scene, const spec::Params& params,
                         ProcessIndex process, int signal) {
  evaluate::Finding finding{
      .code = "killed",
      .what = Msg("{who} was ended by {signal}; {wanted}.", {{"who", scene.NameOf(process)},
                                                             {"signal", SignalName(signal)},
                                                             {"wanted", Wanted(params)}}),
      .why = evaluate::MeaningOf(signal),
      .next = Msg("Look where it was when the signal came, and whether it should handle it."),
      .location = WhereKilled(scene, process)};
  finding.evidence = evaluate::HowItCrashed(scene, process);
  AddSender(scene, process, signal, finding);
  AddLastWords(scene, process, finding);
  return finding;
}

evaluate::Finding LimitReached(const evaluate::Scene& scene, const spec::Params& params,
                               ProcessIndex process) {
  return {.code = "killed",
          .what = Msg("{who} was ended because it went over a limit; {wanted}.",
                      {{"who", scene.NameOf(process)}, {"wanted", Wanted(params)}}),
          .evidence = {evaluate::WhyItEnded(scene)},
          .why = Msg("A loop that never ends writes or keeps more and more."),
          .next = Msg("Look which loop writes or allocates, and what ends it.")};
}

evaluate::Finding NeverEnded(const evaluate::Scene& scene, ProcessIndex process,
                             const record::Snapshot* end) {
  evaluate::Finding finding{
      .code = "hung",
      .what = Msg("{who} did not end.", {{"who", scene.NameOf(process)}}),
      .next = Msg("Look what it waits for at that moment, and who should make it happen.")};
  const bool there = end != nullptr && scene.StateAt(process, *end) != nullptr;
  if (there) {
    evaluate::Explanation explanation = evaluate::ExplainWait(scene, process, *end);
    if (!explanation.waits.empty()) finding.evidence.push_back(std::move(explanation.waits));
    std::ranges::move(explanation.evidence, std::back_inserter(finding.evidence));
    finding.why = std::move(explanation.why);
    if (!explanation.next.empty()) finding.next = std::move(explanation.next);
    finding.location = std::move(explanation.location);
  }
  if (evaluate::Hung(scene)) finding.evidence.push_back(evaluate::WhyItEnded(scene));
  return finding;
}

evaluate::Judgement JudgeLiving(const evaluate::Scene& scene, const spec::Params& params,
                                ProcessIndex process) {
  switch (scene.recording().outcome) {
    case Outcome::kMemoryLimit:
    case Outcome::kOutputLimit:
      return LimitReached(scene, params, process);
    case Outcome::kStuck:
      if (!evaluate::Hung(scene)) {
        return evaluate::NotReached{
            Msg("The run was over before {who} could end. {reason}",
                {{"who", scene.NameOf(process)}, {"reason", evaluate::WhyItEnded(scene)}})};
      }
      [[fallthrough]];
    default:
      return NeverEnded(scene, process, scene.recording().snapshot("end"));
  }
}

evaluate::Judgement JudgeOne(const evaluate::Scene& scene, const spec::Params& params,
                             ProcessIndex process) {
  const record::Exited* exited = evaluate::ExitOf(scene, process);
  if (exited == nullptr) return JudgeLiving(scene, params, process);
  if (const auto* signals = params.Find<spec::SignalSet>("killed_by")) {
    if (exited->killed_by == 0) return WrongStatus(scene, params, process, exited->status);
    if (signals->Contains(exited->killed_by)) return evaluate::Pass{};
    return Killed(scene, params, process, exited->killed_by);
  }
  if (exited->killed_by != 0) return Killed(scene, params, process, exited->killed_by);
  if (params.Get<spec::Range>("status").Contains(exited->status)) return evaluate::Pass{};
  return WrongStatus(scene, params, process, exited->status);
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), nullptr);
  if (!who) return who.error();
  for (const ProcessIndex process : *who) {
    evaluate::Judgement judgement = JudgeOne(scene, params, process);
    if (!std::holds_alternative<evaluate::Pass>(judgement)) return judgement;
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Exit() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
