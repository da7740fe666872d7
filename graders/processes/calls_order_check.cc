// SPDX-License-Identifier: MIT
#include "graders/processes/calls_order_check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/signals.h"
#include "base/text.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "graders/processes/call_matching.h"

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

using evaluate::Msg;
using record::ProcessIndex;
using spec::OrderEvent;

bool Has(const std::vector<ProcessIndex>& processes, ProcessIndex process) {
  return std::ranges::find(processes, process) != processes.end();
}

// One of the wanted events, with who is meant resolved. An empty list means anybody.
class Wanted {
 public:
  Wanted(const evaluate::Scene& scene, const OrderEvent& event)
      : scene_(scene),
        event_(event),
        by_(scene.Resolve(event.by)),
        who_(scene.Resolve(event.who)),
        output_size_(OutputSize()) {}

  bool Is(size_t index) const {
    const record::Event& event = scene_.recording().events[index];
    switch (event_.kind) {
      case OrderEvent::Kind::kCall:
        return By(event.actor) &&
               CallsAt(scene_.recording(), index, {event_.call, event_.result}) > 0;
      case OrderEvent::Kind::kSignals:
        return IsSignal(event);
      case OrderEvent::Kind::kOutput:
        return IsOutput(event);
      case OrderEvent::Kind::kStopped:
        return std::holds_alternative<record::Stopped>(event.what) && Who(event.actor);
      case OrderEvent::Kind::kContinued:
        return std::holds_alternative<record::Continued>(event.what) && Who(event.actor);
      case OrderEvent::Kind::kExit:
        return std::holds_alternative<record::Exited>(event.what) && Who(event.actor);
      case OrderEvent::Kind::kReaped: {
        const auto* reaped = std::get_if<record::Reaped>(&event.what);
        return reaped != nullptr && Who(reaped->child);
      }
    }
    return false;
  }

  // The first place in the record, or nothing.
  std::optional<size_t> First() const {
    for (size_t i = 0; i < scene_.recording().events.size(); ++i) {
      if (Is(i)) return i;
    }
    return std::nullopt;
  }

 private:
  bool By(ProcessIndex process) const {
    return event_.by.empty() ? process != record::kGrader : Has(by_, process);
  }
  bool Who(ProcessIndex process) const { return event_.who.empty() || Has(who_, process); }

  bool IsSignal(const record::Event& event) const {
    const auto* sent = std::get_if<record::SignalSent>(&event.what);
    if (sent == nullptr || sent->error != 0 || !event_.signals.Contains(sent->signal)) return false;
    if (!event_.by.empty() && !Has(by_, event.actor)) return false;
    return event_.who.empty() ||
           std::ranges::any_of(sent->to, [&](ProcessIndex p) { return Who(p); });
  }

  bool IsOutput(const record::Event& event) const {
    const auto* grew = std::get_if<record::StreamGrew>(&event.what);
    return grew != nullptr && output_size_ && grew->stream == event_.stream &&
           grew->size >= *output_size_;
  }

  // How long the stream is when the text is in it for the first time.
  std::optional<uint64_t> OutputSize() const {
    if (event_.kind != OrderEvent::Kind::kOutput) return std::nullopt;
    const std::string text = spec::Materialize(event_.output, scene_);
    const size_t at = scene_.StreamAt(event_.stream).find(text);
    return at == std::string_view::npos ? std::nullopt : std::optional<uint64_t>(at + text.size());
  }

  const evaluate::Scene& scene_;
  const OrderEvent& event_;
  std::vector<ProcessIndex> by_;
  std::vector<ProcessIndex> who_;
  std::optional<uint64_t> output_size_;
};

std::string Joined(const spec::WhoList& who) {
  std::string text;
  for (const spec::Who& entry : who) text += (text.empty() ? "" : ", ") + entry.text;
  return Escaped(text);
}

std::string SignalNames(const spec::SignalSet& signals) {
  if (signals.any) return "any";
  std::string names;
  for (const int signal : signals.numbers)
    names += (names.empty() ? "" : ", ") + SignalName(signal);
  return names;
}

evaluate::Message NameOf(const evaluate::Scene& scene, const OrderEvent& event) {
  const std::string who = event.who.empty() ? "all" : Joined(event.who);
  switch (event.kind) {
    case OrderEvent::Kind::kCall:
      return event.by.empty() ? Msg("the call {call}", {{"call", event.call}})
                              : Msg("the call {call} by {who}",
                                    {{"call", event.call}, {"who", Joined(event.by)}});
    case OrderEvent::Kind::kSignals:
      return Msg("{signal} for {who}", {{"signal", SignalNames(event.signals)}, {"who", who}});
    case OrderEvent::Kind::kOutput:
      return Msg("the output {text}", {{"text", Escaped(spec::Materialize(event.output, scene))}});
    case OrderEvent::Kind::kStopped:
      return Msg("the stop of {who}", {{"who", who}});
    case OrderEvent::Kind::kContinued:
      return Msg("the going on of {who}", {{"who", who}});
    case OrderEvent::Kind::kExit:
      return Msg("the end of {who}", {{"who", who}});
    case OrderEvent::Kind::kReaped:
      break;
  }
  return Msg("the wait for {who}", {{"who", who}});
}

evaluate::Finding Never(const evaluate::Scene& scene, const OrderEvent& event) {
  evaluate::Finding finding{
      .code = "wrong-order",
      .what = Msg("This never happened: {event}.", {{"event", NameOf(scene, event)}}),
      .next = Msg("Look what should make it happen, and whether that is reached.")};
  finding.evidence = evaluate::EvidenceOfEnd(scene);
  return finding;
}

evaluate::Finding TooEarly(const evaluate::Scene& scene, const OrderEvent& event,
                           const OrderEvent& former, size_t index) {
  return {
      .code = "wrong-order",
      .what = Msg("{event} came before {former}, and should come after it.",
                  {{"event", NameOf(scene, event)}, {"former", NameOf(scene, former)}}),
      .why = Msg("Two processes run at the same time: without a wait nothing says which is first."),
      .next = Msg("Wait for the first before the second is done, and not for some time to pass."),
      .location = scene.recording().events[index].where};
}

// The first of those whom the events name who is nobody.
std::optional<evaluate::Judgement> NobodyIn(const evaluate::Scene& scene,
                                            const std::vector<OrderEvent>& events) {
  for (const OrderEvent& event : events) {
    for (const spec::WhoList* who : {&event.by, &event.who}) {
      if (const spec::Who* unmatched = scene.FirstUnmatched(*who)) {
        return evaluate::Nobody(scene, *unmatched, nullptr);
      }
    }
  }
  return std::nullopt;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto& events = params.Get<std::vector<OrderEvent>>("events");
  if (auto nobody = NobodyIn(scene, events)) return *nobody;
  const OrderEvent* former = nullptr;
  std::optional<size_t> at;
  for (const OrderEvent& event : events) {
    const auto first = Wanted(scene, event).First();
    if (!first) return Never(scene, event);
    if (at && *first <= *at) return TooEarly(scene, event, *former, *first);
    at = first;
    former = &event;
  }
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind CallsOrder() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
