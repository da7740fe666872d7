// SPDX-License-Identifier: MIT
#include "graders/signals/sent_check.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/errno_names.h"
#include "base/signals.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"

namespace plumbline::graders::signals {
namespace {

spec::KindTable Table() {
  return {.name = "signals.sent",
          .doc = "Passes when so many of these signals were sent.",
          .params = {evaluate::Required({.name = "signals",
                                         .type = spec::ParamType::kSignals,
                                         .doc = "The signals that are counted, or any."}),
                     evaluate::ByParam(), evaluate::WhoParam(), evaluate::CountParam()},
          .findings = {{"not-sent", "Fewer were sent."},
                       {"too-many", "More were sent."},
                       evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Msg;
using record::ProcessIndex;
using record::SignalSent;
using Processes = std::vector<ProcessIndex>;

bool Has(const Processes& processes, ProcessIndex process) {
  return std::ranges::find(processes, process) != processes.end();
}

// A sending by a call, to each of `to` that it reached.
struct Sending {
  const record::Event* event = nullptr;
  const SignalSent* what = nullptr;
  int64_t reached = 0;  // of those that count
};

// kill(2) with signal 0 sends nothing: `any` leaves it out.
bool IsMeant(const spec::SignalSet& signals, int signal) {
  return signals.any ? signal != 0 : signals.Contains(signal);
}

std::vector<Sending> SendingsBy(const evaluate::Scene& scene, const Processes& by,
                                const Processes& to) {
  std::vector<Sending> sendings;
  for (const record::Event& event : scene.recording().events) {
    const auto* sent = std::get_if<SignalSent>(&event.what);
    if (sent == nullptr || sent->cause != SignalSent::Cause::kCall || !Has(by, event.actor))
      continue;
    const auto reached =
        std::ranges::count_if(sent->to, [&](ProcessIndex p) { return Has(to, p); });
    sendings.push_back({&event, sent, sent->error == 0 ? reached : 0});
  }
  return sendings;
}

evaluate::Message Told(const evaluate::Scene& scene, const Sending& sending) {
  const std::vector<evaluate::Argument> arguments{{"sender", scene.NameOf(sending.event->actor)},
                                                  {"signal", SignalName(sending.what->signal)},
                                                  {"error", ErrnoName(sending.what->error)}};
  if (sending.what->error != 0)
    return Msg("{sender} could not send {signal} ({error}).", arguments);
  if (sending.what->to.empty())
    return Msg("{sender} sent {signal}, which reached nobody.", arguments);
  return Msg("{sender} sent {signal} to {receiver}.",
             {arguments[0], arguments[1], {"receiver", scene.NameOf(sending.what->to.front())}});
}

std::string Names(const spec::SignalSet& signals) {
  if (signals.any) return "any";
  std::string names;
  for (const int signal : signals.numbers)
    names += (names.empty() ? "" : ", ") + SignalName(signal);
  return names;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto& count = params.Get<spec::Range>("count");
  const auto& signals = params.Get<spec::SignalSet>("signals");
  const auto by = evaluate::Everybody(scene, params.Get<spec::WhoList>("by"), nullptr, count);
  if (!by) return by.error();
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), nullptr, count);
  if (!who) return who.error();
  const auto sendings = SendingsBy(scene, *by, *who);
  int64_t found = 0;
  std::vector<evaluate::Message> evidence;
  for (const Sending& sending : sendings) {
    if (IsMeant(signals, sending.what->signal)) found += sending.reached;
    if (evidence.size() < 6) evidence.push_back(Told(scene, sending));
  }
  if (count.Contains(found)) return evaluate::Pass{};
  const bool too_few = found < count.least;
  return evaluate::Finding{
      .code = too_few ? "not-sent" : "too-many",
      .what =
          Msg("Signals of this kind ({signals}) that were sent: {found}; there should be: {count}.",
              {{"found", found},
               {"count", evaluate::CountInWords(count)},
               {"signals", Names(signals)}}),
      .evidence = std::move(evidence),
      .next = too_few
                  ? Msg("Look whether each kill() is reached, with which PID, and what it returns.")
                  : Msg("Look which kill() is called more often than it should be.")};
}

}  // namespace

evaluate::CheckKind Sent() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::signals
