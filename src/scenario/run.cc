// SPDX-License-Identifier: MIT
#include "scenario/run.h"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "record/instead.h"
#include "sandbox/shared_network.h"
#include "scenario/motion.h"
#include "scenario/player.h"
#include "scenario/shared_paths.h"
#include "scenario/stage.h"
#include "trace/clock/virtual_time.h"

namespace plumbline::scenario {
namespace {

// Turns are taken at all calls by which processes meet.
std::set<record::Facet> ObservedBy(const Plan& plan) {
  using enum record::Facet;
  std::set<record::Facet> observed = plan.observe;
  if (!plan.perturbation.empty())
    observed.insert({kTransfers, kDescriptors, kSignals, kMemory, kFiles, kSockets});
  return observed;
}

}  // namespace

record::Header HeaderOf(const Plan& plan) {
  return {.exercise = plan.exercise,
          .exercise_hash = plan.exercise_hash,
          .artifact_hash = plan.artifact_hash,
          .language = plan.language,
          .scenario = plan.scenario.name,
          .perturbation = plan.perturbation,
          .seed = plan.seed,
          .isolation = sandbox::ToString(plan.rung),
          .observed = ObservedBy(plan),
          .version = plan.version};
}

namespace {

// Single steps that cost as much as a call at which all stop (tests/bench/README.md, "Turns").
constexpr uint64_t kStepsOfACall = 4;

using record::Outcome;
using record::Recording;

// How the submission itself ended; nothing if it is still there.
std::optional<int> StatusOfSubmission(const Stage& stage, const Recording& recording,
                                      trace::Tracer& tracer) {
  (void)stage;
  for (const trace::Process& process : tracer.processes()) {
    if (recording.processes[static_cast<size_t>(process.index)].started_as == "submission")
      return process.ended ? std::optional(process.end_status) : std::nullopt;
  }
  return std::nullopt;
}

void SetEnding(Recording& recording, std::optional<int> status) {
  recording.outcome = Outcome::kExited;
  if (!status) return;
  if (WIFSIGNALED(*status)) {
    recording.outcome = Outcome::kSignalled;
    recording.status = WTERMSIG(*status);
  } else {
    recording.status = WEXITSTATUS(*status);
  }
}

// A step that could not happen: waiting for an end that never comes is a deadlock.
void SetHalted(Recording& recording, const Halt& halt, const Player& player, const Stage& stage) {
  const spec::Step& step = stage.plan().scenario.steps[player.step()];
  if (std::holds_alternative<spec::AwaitExit>(step.action) &&
      halt.instead == record::instead::kAllWait) {
    recording.outcome = Outcome::kDeadlocked;
    return;
  }
  recording.outcome = Outcome::kStuck;
  recording.stuck = {
      .step = static_cast<int>(player.step()), .awaited = step.text, .instead = halt.instead};
}

void SetFailed(Recording& recording, Error error) {
  recording.outcome = Outcome::kError;
  recording.error = std::move(error);
}

// Where the kernel kills for want of memory, init may be among the killed and answer no more: that
// is the program's doing.
void SetFailedWith(Stage& stage, Recording& recording, Error error) {
  if (!stage.box().MemoryLimitHit()) return SetFailed(recording, std::move(error));
  recording.outcome = Outcome::kMemoryLimit;
  recording.status = 0;
}

void PlayOn(Stage& stage, Motion& motion, Recording& recording) {
  const Plan& plan = stage.plan();
  Player player(stage, motion);
  Played played = player.Begin();
  const bool begun = played.has_value();
  if (begun) played = player.PlaySteps();
  SetEnding(recording, StatusOfSubmission(stage, recording, stage.tracer()));
  if (!played && played.error().why == Halt::Why::kImpossible)
    SetHalted(recording, played.error(), player, stage);
  if (!played && played.error().why == Halt::Why::kFailed)
    return SetFailedWith(stage, recording, played.error().error);
  const Played ended = player.End();
  if (!ended && ended.error().why == Halt::Why::kFailed)
    return SetFailedWith(stage, recording, ended.error().error);
  // What was still running when the last step was done has had its chance to end.
  if (played) SetEnding(recording, StatusOfSubmission(stage, recording, stage.tracer()));
  if (motion.MissedFault())
    return SetFailed(
        recording, {"the fault '" + plan.perturbation + "' did not come to pass",
                    "the program does not make the same calls in each run", record::kFaultMissed});
  if (motion.over()) {
    recording.outcome = *motion.over();
    // Who was killed at a limit, and whether by the kernel or by us, is chance.
    recording.status = 0;
  }
  if (motion.error()) SetFailedWith(stage, recording, *motion.error());
}

Status Play(const Plan& plan, Workbench& workbench, Recording& recording) {
  TRY_ASSIGN(const std::unique_ptr<Stage> stage, Stage::Open(plan, workbench.pool, recording));
  stage->tracer().Remember(workbench.known);
  if (!plan.locations) stage->tracer().LeaveOutWhere();
  TRY_ASSIGN(Motion motion, Motion::Begin(*stage));
  PlayOn(*stage, motion, recording);
  stage->DrainChannels();
  stage->tracer().TellWhere();
  // The student's own calls alone.
  std::erase_if(recording.sites, [](const record::Site& site) { return !site.where; });
  recording.virtual_time = stage->tracer().time().Waited();
  recording.machine.jumps = stage->tracer().time().jumps();
  recording.machine.processor = stage->tracer().ProcessorTime();
  recording.machine.calls = stage->tracer().calls() + stage->tracer().steps() / kStepsOfACall;
  if (const auto peak = stage->box().PeakMemory())
    recording.machine.peak_memory = std::max(recording.machine.peak_memory, peak->count);
  if (!stage->tracer().asked_for_socket() && !stage->box().made_sockets())
    workbench.pool.KeepNetwork();
  if (const std::string& missed = stage->directions().missed(); !missed.empty())
    return Fail("a program asked for " + missed + ", and isolation C has none of its own",
                "isolation B has; plumbline doctor says how to get it");
  if (const sandbox::SharedNetwork* network = stage->box().network();
      network != nullptr && network->failure())
    return std::unexpected(*network->failure());
  return TellAsRoot(recording, stage->box().base());
}

}  // namespace

Recording Run(const Plan& plan, Workbench& workbench) {
  const auto begin = std::chrono::steady_clock::now();
  Recording recording;
  recording.header = HeaderOf(plan);
  if (Status played = Play(plan, workbench, recording); !played)
    SetFailed(recording, played.error());
  recording.machine.real_time = std::chrono::steady_clock::now() - begin;
  return recording;
}

}  // namespace plumbline::scenario
