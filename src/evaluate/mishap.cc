// SPDX-License-Identifier: MIT
#include "evaluate/mishap.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/signals.h"
#include "base/text.h"
#include "evaluate/plumbing.h"
#include "record/perturbation.h"

namespace plumbline::evaluate {
namespace {

using Kind = record::Perturbation::Kind;
using record::Standing;

// As many as a person wants to read; the others are in the recording.
constexpr size_t kMostTold = 3;

Message Doing(const Standing& standing) {
  const std::string place = standing.where ? PlaceOf(*standing.where) : "";
  if (!standing.call.empty()) {
    const std::string call = CallAsWritten(standing.call);
    if (place.empty()) return Msg("to call {call}()", {{"call", call}});
    return Msg("to call {call}() at {place}", {{"call", call}, {"place", place}});
  }
  if (standing.read) {
    if (place.empty()) return Msg("to write back what it had read from shared memory");
    return Msg("to write back, at {place}, what it had read from shared memory",
               {{"place", place}});
  }
  if (standing.writes) {
    if (place.empty()) return Msg("to write to shared memory");
    return Msg("to write to shared memory at {place}", {{"place", place}});
  }
  if (place.empty()) return Msg("to read from shared memory");
  return Msg("to read from shared memory at {place}", {{"place", place}});
}

// The signal that was sent from outside, and the event of the first one, if all are the same.
struct FromOutside {
  int signal = 0;
  size_t first = 0;
};
std::optional<FromOutside> SignalFromOutside(const Scene& scene) {
  std::optional<FromOutside> found;
  const auto& events = scene.recording().events;
  for (size_t i = 0; i < events.size(); ++i) {
    const auto* sent = std::get_if<record::SignalSent>(&events[i].what);
    if (sent == nullptr || events[i].actor != record::kGrader) continue;
    if (found && found->signal != sent->signal) return std::nullopt;
    if (!found) found = {sent->signal, i};
  }
  return found;
}

// The name of the call that the event tells; "": it tells something else.
std::string CallOf(const record::Event& event) {
  if (const auto* call = std::get_if<record::Call>(&event.what)) return call->name;
  if (const auto* transfer = std::get_if<record::Transfer>(&event.what)) return transfer->call;
  return "";
}

// What it had called last when the event was still to come, at another line than `standing`'s.
std::optional<Message> CalledBefore(const Scene& scene, const Standing& standing, size_t event) {
  const auto& events = scene.recording().events;
  for (size_t i = event; i > 0; --i) {
    const record::Event& before = events[i - 1];
    if (before.actor != standing.process || !before.where || CallOf(before).empty()) continue;
    if (before.where == standing.where) return std::nullopt;
    return Msg("Before, it had called {call}() at {place}.",
               {{"call", CallAsWritten(CallOf(before))}, {"place", PlaceOf(*before.where)}});
  }
  return std::nullopt;
}

void AddSignal(const Scene& scene, const Standing& passed, Mishap& mishap) {
  const auto sent = SignalFromOutside(scene);
  if (!sent) {
    mishap.evidence.push_back(
        Msg("A signal came first; {who} still had {what}.",
            {{"who", scene.NameOf(passed.process)}, {"what", Doing(passed)}}));
    return;
  }
  mishap.evidence.push_back(
      Msg("{signal} came first; {who} still had {what}.", {{"signal", SignalName(sent->signal)},
                                                           {"who", scene.NameOf(passed.process)},
                                                           {"what", Doing(passed)}}));
  if (passed.tested) {
    mishap.evidence.push_back(
        Msg("Its last test before that is at {place}. What it found there may no longer be so.",
            {{"place", PlaceOf(*passed.tested)}}));
  } else if (auto before = CalledBefore(scene, passed, sent->first)) {
    mishap.evidence.push_back(std::move(*before));
  }
}

Message Told(const Scene& scene, const record::Overtaking& overtaking) {
  const Standing& passed = overtaking.passed;
  if (overtaking.first.process == record::kGrader) {
    return Msg("The next step of the scenario came first; {who} still had {what}.",
               {{"who", scene.NameOf(passed.process)}, {"what", Doing(passed)}});
  }
  if (overtaking.first.process == passed.process) {
    return Msg("Two threads of {who}: one went on {first} first; another one still had {what}.",
               {{"who", scene.NameOf(passed.process)},
                {"first", Doing(overtaking.first)},
                {"what", Doing(passed)}});
  }
  return Msg("{other} went on first, {first}; {who} still had {what}.",
             {{"other", scene.NameOf(overtaking.first.process)},
              {"first", Doing(overtaking.first)},
              {"who", scene.NameOf(passed.process)},
              {"what", Doing(passed)}});
}

void AddOrder(const Scene& scene, Mishap& mishap) {
  const auto& all = scene.recording().overtakings;
  if (all.empty()) return;
  for (size_t i = 0; i < std::min(all.size(), kMostTold); ++i) {
    if (all[i].signal)
      AddSignal(scene, all[i].passed, mishap);
    else
      mishap.evidence.push_back(Told(scene, all[i]));
  }
  const auto between = [](const record::Overtaking& one) { return one.passed.read; };
  const auto lost = std::ranges::find_if(all, between);
  const record::Overtaking& decisive = lost != all.end() ? *lost : all.front();
  mishap.location = decisive.passed.where;
  if (lost != all.end()) {
    mishap.why = Msg(
        "To change a variable is to read it, to compute and to write it back. What others write "
        "in between is lost.");
    mishap.next =
        Msg("Hold a lock from before it is read until it is written back, or use an atomic "
            "operation.");
    return;
  }
  if (decisive.first.process == record::kGrader) {
    mishap.why = Msg("Signals and input may come at any moment, between any two calls.");
    mishap.next = Msg("Look what is not ready yet at that moment, and get it ready before.");
    return;
  }
  mishap.why = Msg("The result depends on who comes first.");
  mishap.next =
      Msg("Let one wait for the other, by a lock, a pipe or the end of a child, wherever the order "
          "matters.");
}

// That of a run in which nobody overtook anybody.
void AddDefaultOrder(Mishap& mishap) {
  mishap.evidence.push_back(
      Msg("One process ran at a time, each until it had to wait for somebody."));
  mishap.why = Msg("The result depends on who comes first.");
  mishap.next =
      Msg("Let one wait for the other, by a lock, a pipe or the end of a child, wherever the order "
          "matters.");
}

void AddSmallWorld(Mishap& mishap) {
  mishap.evidence.push_back(
      Msg("It had {descriptors} descriptors at most, and pipes of {bytes} bytes.",
          {{"descriptors", std::to_string(record::kFewDescriptors)},
           {"bytes", std::to_string(record::kSmallPipe)}}));
  mishap.why =
      Msg("How many descriptors there are and how much a pipe holds differs between systems.");
  mishap.next =
      Msg("Close what is not used any more, and read from a pipe while it is written to.");
}

// By which signal: one that the grader sent to it, and of those that an interruption may be by the
// only one.
std::string Interrupter(const Scene& scene, record::ProcessIndex process) {
  std::set<int> found;
  for (const record::Event& event : scene.recording().events) {
    const auto* sent = std::get_if<record::SignalSent>(&event.what);
    if (sent == nullptr || event.actor != record::kGrader) continue;
    const bool to_it = std::ranges::find(sent->to, process) != sent->to.end();
    const auto& harmless = record::kHarmlessSignals;
    if (to_it && std::ranges::find(harmless, sent->signal) != harmless.end())
      found.insert(sent->signal);
  }
  return found.size() == 1 ? SignalName(*found.begin()) : "";
}

Message Interrupted(const Scene& scene, const Standing& fault) {
  const std::string call = CallAsWritten(fault.call);
  const Message who = scene.NameOf(fault.process);
  const std::string signal = Interrupter(scene, fault.process);
  if (signal.empty())
    return Msg("A signal interrupted {call}() of {who}.", {{"call", call}, {"who", who}});
  return Msg("{signal} interrupted {call}() of {who}.",
             {{"signal", signal}, {"call", call}, {"who", who}});
}

Message Cut(const Scene& scene, const Standing& fault, const std::string& bytes) {
  return Msg("{call}() of {who} was given less than it asked for. Bytes at most: {bytes}.",
             {{"call", CallAsWritten(fault.call)},
              {"who", scene.NameOf(fault.process)},
              {"bytes", Escaped(bytes)}});
}

void AddFault(const Scene& scene, const record::Perturbation& perturbation, Mishap& mishap) {
  const auto& fault = scene.recording().fault;
  if (!fault) return;
  const std::string call = CallAsWritten(fault->call);
  const Message who = scene.NameOf(fault->process);
  switch (perturbation.kind) {
    case Kind::kInterruptions:
      mishap.evidence.push_back(Interrupted(scene, *fault));
      mishap.why = Msg("A call that waits may end with EINTR at any time (signal(7)).");
      mishap.next = Msg("Call it again when errno is EINTR, or set the handler with SA_RESTART.");
      break;
    case Kind::kShortTransfers:
      mishap.evidence.push_back(Cut(scene, *fault, perturbation.site.how));
      mishap.why = Msg("read() and write() may move fewer bytes than they are asked for.");
      mishap.next = Msg("Call again, in a loop, for what is still missing.");
      break;
    case Kind::kFailures:
      mishap.evidence.push_back(
          Msg("{call}() of {who} failed with {error}.",
              {{"call", call}, {"who", who}, {"error", Escaped(perturbation.site.how)}}));
      mishap.why = Msg("The system may run out of what a call needs at any time.");
      mishap.next =
          Msg("Look at what the call returns, say what failed, and give back what was "
              "made before.");
      break;
    default:
      return;
  }
  if (fault->where)
    mishap.evidence.push_back(Msg("That was at {place}.", {{"place", PlaceOf(*fault->where)}}));
  mishap.location = fault->where;
}

}  // namespace

Mishap MishapOf(const Scene& scene) {
  Mishap mishap;
  const auto perturbation = record::ParsePerturbation(scene.recording().header.perturbation);
  if (!perturbation) return mishap;
  if (perturbation->IsFault())
    AddFault(scene, *perturbation, mishap);
  else if (perturbation->kind == Kind::kTurns)
    AddDefaultOrder(mishap);
  else if (perturbation->kind == Kind::kSmallWorld)
    AddSmallWorld(mishap);
  else
    AddOrder(scene, mishap);
  return mishap;
}

}  // namespace plumbline::evaluate
