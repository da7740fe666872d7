// SPDX-License-Identifier: MIT
#include "graders/processes/state_check.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evaluate/endings.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"
#include "evaluate/words.h"

namespace plumbline::graders::processes {
namespace {

spec::KindTable Table() {
  return {
      .name = "processes.state",
      .doc = "Passes when so many of the processes are in the state.",
      .params = {evaluate::AtParam(), evaluate::WhoParam(), evaluate::CountParam(),
                 evaluate::IsParam({{"alive", "there and not a zombie"},
                                    {"asleep", "waits in a call"},
                                    {"stopped", "stopped by a signal"},
                                    {"zombie", "ended and not waited for"}},
                                   "alive")},
      .findings = {
          {"too-few", "Fewer are so."}, {"too-many", "More are so."}, evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {}; }

using evaluate::Message;
using evaluate::Msg;
using record::ProcessState;
using Words = std::vector<std::string>;

bool IsSo(ProcessState state, const std::string& word) {
  if (word == "asleep") return state == ProcessState::kAsleep;
  if (word == "stopped") return state == ProcessState::kStopped;
  if (word == "zombie") return state == ProcessState::kZombie;
  return state != ProcessState::kZombie;
}

struct Counting {
  const evaluate::Scene& scene;
  const record::Snapshot& at;
  const Words& states;

  bool IsSoNow(record::ProcessIndex process) const {
    const ProcessState state = scene.StateAt(process, at)->state;
    return std::ranges::any_of(states, [&](const std::string& word) { return IsSo(state, word); });
  }
};

Message StateOf(const Counting& counting, record::ProcessIndex process) {
  const record::ProcessStateAt* state = counting.scene.StateAt(process, counting.at);
  const std::vector<evaluate::Argument> who{{"who", counting.scene.NameOf(process, &counting.at)}};
  if (state == nullptr) return evaluate::HowItEnded(counting.scene, process);
  switch (state->state) {
    case ProcessState::kZombie:
      return Msg("{who} has ended and nobody has waited for it: a zombie.", who);
    case ProcessState::kStopped:
      return Msg("{who} is stopped.", who);
    case ProcessState::kHeld:
      return Msg("{who} is held back by the scenario.", who);
    case ProcessState::kRunning:
      return Msg("{who} runs.", who);
    case ProcessState::kAsleep:
      break;
  }
  return evaluate::ExplainWait(counting.scene, process, counting.at).waits;
}

std::vector<Message> States(const Counting& counting,
                            const std::vector<record::ProcessIndex>& processes) {
  std::vector<Message> evidence;
  for (const record::ProcessIndex process : processes) {
    if (evidence.size() == 8) break;
    evidence.push_back(StateOf(counting, process));
  }
  return evidence;
}

std::string WhoAsWritten(const spec::WhoList& who) {
  std::string text;
  for (const spec::Who& entry : who) text += (text.empty() ? "" : ", ") + entry.text;
  return Escaped(text);
}

// Of one process.
Message StateInWords(const std::string& state) {
  if (state == "asleep") return Msg("asleep");
  if (state == "stopped") return Msg("stopped");
  return state == "zombie" ? Msg("a zombie") : Msg("alive");
}

// Of several.
Message StatesInWords(const std::string& state) {
  if (state == "asleep") return Msg("sleep");
  if (state == "stopped") return Msg("are stopped");
  return state == "zombie" ? Msg("are zombies") : Msg("live");
}

Message EitherOf(const Words& states, Message (*in_words)(const std::string&)) {
  std::vector<Message> words;
  for (const std::string& state : states) words.push_back(in_words(state));
  return evaluate::Either(std::move(words));
}

Message WhatIsWrong(const Counting& counting, const spec::WhoList& who, const spec::Range& count,
                    int64_t found, const std::vector<record::ProcessIndex>& processes) {
  if (processes.size() == 1 && found == 0) {
    return Msg("At '{snapshot}' {process} should be {state}.",
               {{"snapshot", counting.at.name},
                {"process", counting.scene.NameOf(processes.front())},
                {"state", EitherOf(counting.states, StateInWords)}});
  }
  return Msg("Processes '{who}' that {states} at '{snapshot}': {found}; there should be: {count}.",
             {{"snapshot", counting.at.name},
              {"who", WhoAsWritten(who)},
              {"found", found},
              {"count", evaluate::CountInWords(count)},
              {"states", EitherOf(counting.states, StatesInWords)}});
}

bool AreZombies(const Counting& counting) {
  return std::ranges::find(counting.states, "zombie") != counting.states.end();
}

Message Cause(const Counting& counting, const std::vector<record::ProcessIndex>& processes,
              bool too_few) {
  if (!too_few && AreZombies(counting)) {
    return Msg(
        "An ended process stays as a zombie until its parent takes its status with wait() "
        "or waitpid().");
  }
  for (const record::ProcessIndex process : processes) {
    const record::Exited* exited = evaluate::ExitOf(counting.scene, process, &counting.at);
    if (exited != nullptr) return evaluate::MeaningOf(exited->killed_by);
  }
  return {};
}

Message Cure(const Counting& counting, const std::vector<record::ProcessIndex>& processes,
             bool too_few) {
  if (!too_few && AreZombies(counting)) {
    return Msg("Call waitpid() once for each child; one SIGCHLD may stand for several.");
  }
  const bool have_gone = std::ranges::all_of(processes, [&](record::ProcessIndex process) {
    return evaluate::ExitOf(counting.scene, process, &counting.at) != nullptr;
  });
  if (too_few && have_gone) return Msg("Look why it ended so early.");
  return Msg(
      "Look what each process does at that moment: does it still live, what does it wait "
      "for?");
}

evaluate::Finding WrongNumber(const Counting& counting, const spec::WhoList& who,
                              const spec::Range& count, int64_t found) {
  const bool too_few = found < count.least;
  auto processes = counting.scene.Resolve(who, &counting.at);
  if (processes.empty()) processes = counting.scene.Resolve(who);
  return {.code = too_few ? "too-few" : "too-many",
          .what = WhatIsWrong(counting, who, count, found, processes),
          .evidence = States(counting, processes),
          .why = Cause(counting, processes, too_few),
          .next = Cure(counting, processes, too_few)};
}

// Who was there and has ended is missing, but it was not nobody.
bool HasGone(const Counting& counting, const spec::Who& who) {
  return std::ranges::any_of(counting.scene.Resolve(who), [&](record::ProcessIndex process) {
    return evaluate::ExitOf(counting.scene, process, &counting.at) != nullptr;
  });
}

int64_t CountSo(const Counting& counting, const std::vector<record::ProcessIndex>& processes) {
  return std::ranges::count_if(processes,
                               [&](record::ProcessIndex p) { return counting.IsSoNow(p); });
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto at = evaluate::SnapshotAt(scene, params);
  if (!at) return at.error();
  const Counting counting{scene, **at, params.Get<Words>("is")};
  const auto& who = params.Get<spec::WhoList>("who");
  const auto& count = params.Get<spec::Range>("count");
  for (const spec::Who& entry : who) {
    if (count.Contains(0)) break;
    const auto processes = scene.Resolve(entry, *at);
    if (processes.empty() && !HasGone(counting, entry)) return evaluate::Nobody(scene, entry, *at);
    if (CountSo(counting, processes) == 0) return WrongNumber(counting, {entry}, count, 0);
  }
  const int64_t found = CountSo(counting, scene.Resolve(who, *at));
  if (count.Contains(found)) return evaluate::Pass{};
  return WrongNumber(counting, who, count, found);
}

}  // namespace

evaluate::CheckKind State() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::processes
