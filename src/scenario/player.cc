// SPDX-License-Identifier: MIT
#include "scenario/player.h"

#include <algorithm>
#include <utility>

#include "record/instead.h"
#include "scenario/poller.h"
#include "trace/clock/virtual_time.h"

namespace plumbline::scenario {

namespace instead = record::instead;
using record::ProcessIndex;

namespace {

const std::set<Pause> kAnyRest{Pause::kAsleep, Pause::kBlocked, Pause::kSpinning};
// Where time may jump.
const std::set<Pause> kAnyWait{Pause::kAsleep, Pause::kBlocked, Pause::kSpinning, Pause::kAsking};

// Of virtual time, for each wait.
constexpr Duration kWithin = std::chrono::minutes(10);

bool Never() { return false; }

// By themselves, at rest.
bool MayGoOn(Pause pause) {
  return pause == Pause::kAsleep || pause == Pause::kSpinning || pause == Pause::kAsking;
}

}  // namespace

// --- The beginning and the end.

// The command of one of the submission's programs.
Result<std::vector<std::string>> Player::CommandOf(const std::string& program) const {
  const Plan& plan = stage_.plan();
  const auto found = plan.programs.find(program.empty() ? plan.main_program : program);
  if (found == plan.programs.end()) return Fail("the run's plan has no program '" + program + "'");
  return found->second.command;
}

Played Player::Launched(const Launch& launch) {
  auto started = stage_.Start(launch);
  if (!started) return Failed(started.error());
  const trace::Process& process = stage_.tracer().process(*started);
  const auto ready = [&] {
    return process.ended || !process.executable.empty() || stage_.tracer().IsHeld(process);
  };
  if (motion_.Run(ready, {}) == Pause::kOver) return Over();
  if (auto failure = stage_.FailureOf(*started)) return Failed(*std::move(failure));
  return {};
}

Played Player::BeginPeer(const spec::Peer& peer) {
  Launch launch{.name = peer.name, .solution = peer.solution, .args = peer.command, .peer = true};
  launch.input = peer.input;
  std::ranges::copy(peer.args, std::back_inserter(launch.args));
  if (Played launched = Launched(launch); !launched) return launched;
  return Settle();
}

Played Player::Begin() {
  const spec::Scenario& scenario = stage_.plan().scenario;
  for (const spec::Peer& peer : scenario.peers) {
    if (peer.kind != spec::Peer::Kind::kProgram) continue;
    if (Played begun = BeginPeer(peer); !begun) return begun;
  }
  auto command = CommandOf(scenario.program);
  if (!command) return Failed(command.error());
  const Launch launch{.name = "submission",
                      .program = stage_.plan().main_program,
                      .command = *std::move(command),
                      .args = scenario.args,
                      .input = scenario.input,
                      .output = scenario.output,
                      .terminal = scenario.terminal,
                      .env = scenario.env,
                      .stands = true};
  if (Played launched = Launched(launch); !launched) return launched;
  if (Status taken = stage_.TakeSnapshot("start"); !taken) return Failed(taken.error());
  return {};
}

Played Player::PlaySteps() {
  const auto& steps = stage_.plan().scenario.steps;
  for (step_ = 0; step_ < steps.size(); ++step_) {
    if (Played ready = ComeTo(step_); !ready) return ready;
    stage_.journal().Add(record::kGrader, Pid{}, record::StepBegan{static_cast<int>(step_)});
    Played played = std::visit([this](const auto& step) { return Do(step); }, steps[step_].action);
    if (!played) return played;
  }
  return {};
}

// To each step the programs come at rest. In a run in turns those that only act may come earlier,
// and what they come after is then seen as soon as it is there.
Played Player::ComeTo(size_t index) {
  const auto& steps = stage_.plan().scenario.steps;
  if (ActsOnly(steps[index]) && stage_.perturbation().InTurns()) {
    const bool is_signal = SendsSignal(steps[index]);
    return motion_.RunUntilAct(is_signal) == Pause::kOver ? Over() : Played{};
  }
  if (AwaitsItsWord(steps[index]) && index + 1 < steps.size() && ActsOnly(steps[index + 1]) &&
      motion_.MayActEarly(SendsSignal(steps[index + 1])))
    return {};
  return Settle();
}

Played Player::End() {
  // A run without a step that waits ends with its programs where they stand.
  if (!motion_.over()) {
    if (Played settled = Settle(); !settled && settled.error().why == Halt::Why::kFailed)
      return settled;
  }
  motion_.CheckLimits();
  if (Status taken = stage_.TakeSnapshot("end"); !taken) return Failed(taken.error());
  if (motion_.over()) return Over();
  return {};
}

// --- Waiting.

void Player::EndStanding() {
  for (const ProcessIndex process : stage_.directions().EndStanding())
    stage_.tracer().Release(stage_.tracer().process(process));
}

// Programs that never rest (a generator and who reads it) get a second of processor time.
Played Player::Settle() {
  constexpr Duration kMost = std::chrono::seconds(1);
  const Duration before = stage_.tracer().ProcessorTime();
  int looks = 0;
  const auto enough = [&] {
    constexpr int kSeldom = 64;
    return ++looks % kSeldom == 0 && stage_.tracer().ProcessorTime() - before > kMost;
  };
  const Pause pause = motion_.Run(enough, kAnyRest);
  if (pause == Pause::kOver) return Over();
  if (pause == Pause::kDone || pause == Pause::kSpinning) return {};
  if (Status hidden = stage_.HideSolutions(); !hidden) return Failed(hidden.error());
  return {};
}

// What is there when nothing moves.
std::string Player::Rest() const {
  return stage_.tracer().AllEnded() ? instead::kAllEnded : instead::kAllWait;
}

// Of programs that sleep, ask or spin: what is to come, comes; kDone, or what ends the waiting.
Pause Player::PassTime(Pause pause, Duration until) {
  if (pause == Pause::kSpinning) {
    // It may be a time that they spin for; if it is nothing, a limit ends them. Or they compute,
    // and a time-out must not end them because nobody sees what of: it is not yet due.
    const bool long_enough = stage_.rest().Spun() >= stage_.LongSpin();
    stage_.ForgetSpinning();
    if (!long_enough || !stage_.tracer().time().Next()) return Pause::kDone;
  }
  return motion_.LetTimePass(until);
}

Played Player::WaitFor(const std::function<bool()>& done,
                       const std::function<std::string()>& instead,
                       std::optional<Duration> within) {
  EndStanding();
  PollerTest poller(stage_.tracer());
  const Duration until = stage_.tracer().time().Now() + within.value_or(kWithin);
  while (true) {
    Pause pause = motion_.Run(done, kAnyWait, until);
    if (pause == Pause::kDone) return {};
    if (pause == Pause::kAsleep && poller.GoesOnForLong()) return Impossible(instead());
    if (MayGoOn(pause)) pause = PassTime(pause, until);
    if (pause == Pause::kDone) continue;
    if (pause == Pause::kOver) return Over();
    return Impossible(pause == Pause::kLate ? instead::kTooLate : instead());
  }
}

Played Player::WaitForProcesses(const spec::WhoList& who, std::optional<Duration> within,
                                const std::function<bool(const trace::Process&)>& is) {
  const auto done = [&] {
    return std::ranges::all_of(who, [&](const spec::Who& one) {
      const auto found = stage_.cast().Resolve(one);
      return !found.empty() && std::ranges::all_of(found, [&](ProcessIndex process) {
        return is(stage_.tracer().process(process));
      });
    });
  };
  const auto instead = [&] {
    const bool somebody = std::ranges::all_of(
        who, [&](const spec::Who& one) { return !stage_.cast().Resolve(one).empty(); });
    return somebody ? Rest() : instead::kNobody;
  };
  return WaitFor(done, instead, within);
}

Played Player::Do(const spec::AwaitExit& step) {
  return WaitForProcesses(step.who, step.within,
                          [](const trace::Process& process) { return process.ended; });
}

Played Player::Do(const spec::AwaitStopped& step) {
  return WaitForProcesses(step.who, step.within,
                          [](const trace::Process& process) { return process.stopped; });
}

Played Player::Do(const spec::AwaitAlive& step) {
  const auto done = [&] {
    const auto found = stage_.cast().Resolve(step.who);
    return step.count.Contains(std::ranges::count_if(
        found, [&](ProcessIndex process) { return !stage_.tracer().process(process).ended; }));
  };
  return WaitFor(done, [&] { return Rest(); }, step.within);
}

Played Player::Do(const spec::AwaitListening& step) {
  uint64_t looked_at = ~uint64_t{0};
  const auto done = [&] {
    // The tables are long to read; they change by calls that are seen.
    if (std::exchange(looked_at, stage_.tracer().effects()) == stage_.tracer().effects())
      return false;
    return stage_.IsListening(step.port, step.path);
  };
  return WaitFor(done, [&] { return Rest(); }, step.within);
}

Played Player::Do(const spec::AwaitAsleep&) {
  EndStanding();
  stage_.ForgetSpinning();
  return Settle();
}

Played Player::Do(const spec::AwaitBlocked&) {
  EndStanding();
  stage_.ForgetSpinning();
  PollerTest poller(stage_.tracer());
  while (true) {
    const Pause pause = motion_.Run(Never, kAnyWait);
    if (pause == Pause::kOver) return Over();
    if (pause == Pause::kBlocked || !stage_.tracer().time().Next()) return {};
    if (pause == Pause::kAsleep && poller.ComesAgain()) return {};
    if (PassTime(pause, Duration::max()) == Pause::kOver) return Over();
  }
}

Played Player::Do(const spec::TakeSnapshot& step) {
  EndStanding();
  if (Played settled = Settle(); !settled) return settled;
  if (Status taken = stage_.TakeSnapshot(step.name); !taken) return Failed(taken.error());
  return {};
}

}  // namespace plumbline::scenario
