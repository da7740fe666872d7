// SPDX-License-Identifier: MIT
#include "evaluate/mishap.h"

#include <algorithm>
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

// The scenario's, if it has only one; else "".
std::string SignalOf(const Scene& scene) {
  int found = 0;
  for (const record::Event& event : scene.recording().events) {
    const auto* sent = std::get_if<record::SignalSent>(&event.what);
    if (sent == nullptr || event.actor != record::kGrader || sent->signal == found) continue;
    if (found != 0) return "";
    found = sent->signal;
  }
  return found == 0 ? "" : SignalName(found);
}

Message SignalCame(const Scene& scene, const Standing& passed) {
  const std::string signal = SignalOf(scene);
  if (signal.empty()) {
    return Msg("A signal came first; {who} still had {what}.",
               {{"who", scene.NameOf(passed.process)}, {"what", Doing(passed)}});
  }
  return Msg("{signal} came first; {who} still had {what}.",
             {{"signal", signal}, {"who", scene.NameOf(passed.process)}, {"what", Doing(passed)}});
}

Message Told(const Scene& scene, const record::Overtaking& overtaking) {
  const Standing& passed = overtaking.passed;
  if (overtaking.signal) return SignalCame(scene, passed);
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
  for (size_t i = 0; i < std::min(all.size(), kMostTold); ++i)
    mishap.evidence.push_back(Told(scene, all[i]));
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
      mishap.evidence.push_back(
          Msg("A signal interrupted {call}() of {who}.", {{"call", call}, {"who", who}}));
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
  else
    AddOrder(scene, mishap);
  return mishap;
}

}  // namespace plumbline::evaluate
