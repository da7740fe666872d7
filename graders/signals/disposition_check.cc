// SPDX-License-Identifier: MIT
#include "graders/signals/disposition_check.h"

#include <algorithm>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "base/signals.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"

namespace plumbline::graders::signals {
namespace {

spec::KindTable Table() {
  return {.name = "signals.disposition",
          .doc = "Passes when each signal would have such an effect on each process.",
          .params = {evaluate::AtParam(), evaluate::WhoParam(),
                     evaluate::Required({.name = "signals",
                                         .type = spec::ParamType::kSignals,
                                         .doc = "The signals that are looked at."}),
                     evaluate::IsParam({{"caught", "a handler runs"},
                                        {"ignored", "nothing happens"},
                                        {"blocked", "it waits, also for sigwait"},
                                        {"default", "the action of signal(7)"}})},
          .findings = {{"default-action", "A signal would do something else."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kSignals}; }

using evaluate::Msg;
using record::ProcessStateAt;
using Words = std::vector<std::string>;

bool Has(const std::vector<int>& signals, int signal) {
  return std::ranges::find(signals, signal) != signals.end();
}

// A thread in sigwait() takes the signal itself; the kernel shows it as unblocked meanwhile.
bool IsInSigwait(const record::Thread& thread, int signal) {
  return thread.blocked && thread.blocked->call == "rt_sigtimedwait" &&
         Has(thread.blocked->signals, signal);
}

// A signal for the process goes to any thread that does not block it.
bool IsBlocked(const ProcessStateAt& state, int signal) {
  if (std::ranges::any_of(state.threads, [&](const record::Thread& thread) {
        return IsInSigwait(thread, signal);
      })) {
    return true;
  }
  return !state.threads.empty() &&
         std::ranges::all_of(state.threads, [&](const record::Thread& thread) {
           return Has(thread.blocked_signals, signal);
         });
}

bool IsSo(const ProcessStateAt& state, int signal, const std::string& word) {
  if (word == "caught") return Has(state.caught, signal);
  if (word == "ignored") return Has(state.ignored, signal);
  if (word == "blocked") return IsBlocked(state, signal);
  return !Has(state.caught, signal) && !Has(state.ignored, signal) && !IsBlocked(state, signal);
}

evaluate::Message WhatItIs(const ProcessStateAt& state, int signal) {
  const std::vector<evaluate::Argument> name{{"signal", SignalName(signal)}};
  if (Has(state.caught, signal)) return Msg("{signal} has a handler.", name);
  if (Has(state.ignored, signal)) return Msg("{signal} is ignored.", name);
  if (IsBlocked(state, signal)) return Msg("{signal} is blocked.", name);
  return Msg("{signal} has its default action.", name);
}

evaluate::Message InWords(const Words& states) {
  std::vector<evaluate::Message> words;
  for (const std::string& state : states) {
    words.push_back(state == "caught"    ? Msg("caught")
                    : state == "ignored" ? Msg("ignored")
                    : state == "blocked" ? Msg("blocked")
                                         : Msg("left to its default action"));
  }
  return evaluate::Either(std::move(words));
}

// Whether the process took the disposition in hand at another time: too late, or given back.
evaluate::Message OtherTimes(const evaluate::Scene& scene, record::ProcessIndex process, int signal,
                             const record::Snapshot& at) {
  for (const auto& [name, other] : scene.recording().snapshots) {
    const ProcessStateAt* state = scene.StateAt(process, other);
    if (state == nullptr || !Has(state->caught, signal)) continue;
    return other.event > at.event
               ? Msg("A handler for {signal} came only later.", {{"signal", SignalName(signal)}})
               : Msg("There had been a handler for {signal}: it was removed, or works once only.",
                     {{"signal", SignalName(signal)}});
  }
  return {};
}

evaluate::Finding DefaultAction(const evaluate::Scene& scene, const ProcessStateAt& state,
                                int signal, const Words& wanted, const record::Snapshot& at) {
  evaluate::Finding finding{
      .code = "default-action",
      .what = Msg("At '{snapshot}' {signal} should be {states} in {who}.",
                  {{"snapshot", at.name},
                   {"signal", SignalName(signal)},
                   {"states", InWords(wanted)},
                   {"who", scene.NameOf(state.process, &at)}}),
      .evidence = {WhatItIs(state, signal)},
      .why = Msg("Whoever sees that the program is ready may send the signal at once."),
      .next = Msg("Install the handler with sigaction(), or block the signal, before anything "
                  "tells that the program is ready.")};
  auto other = OtherTimes(scene, state.process, signal, at);
  if (!other.empty()) finding.evidence.push_back(std::move(other));
  return finding;
}

// `any`: all standard signals whose effect a process can choose (signal(7)).
std::vector<int> SignalsMeant(const spec::SignalSet& signals) {
  if (!signals.any) return signals.numbers;
  std::vector<int> all;
  for (int signal = 1; signal <= SIGSYS; ++signal) {
    if (signal != SIGKILL && signal != SIGSTOP) all.push_back(signal);
  }
  return all;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), *at);
  if (!who) return who.error();
  const auto& words = params.Get<Words>("is");
  for (const record::ProcessIndex process : *who) {
    const ProcessStateAt& state = *scene.StateAt(process, **at);
    for (const int signal : SignalsMeant(params.Get<spec::SignalSet>("signals"))) {
      const auto so = [&](const std::string& word) { return IsSo(state, signal, word); };
      if (!std::ranges::any_of(words, so)) {
        return DefaultAction(scene, state, signal, words, **at);
      }
    }
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Disposition() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::signals
