// SPDX-License-Identifier: MIT
#include "tests/quiescence/subject.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "evaluate/explain.h"
#include "scenario/motion.h"
#include "tests/tracees/tracees.h"

namespace plumbline::quiescence {
namespace {

using scenario::Motion;
using scenario::Pause;
using trace::Rest;

scenario::Plan PlanFor(const Setting& setting, std::string program) {
  scenario::Plan plan;
  plan.exercise = "quiescence";
  plan.language = "c";
  plan.scenario.name = setting.tracee;
  plan.scenario.terminal = setting.terminal;
  if (setting.open_input) plan.scenario.input.kind = spec::Input::Kind::kOpen;
  // A token ring never ends, and is watched for as long as it takes.
  plan.limits.cpu = std::chrono::hours(1);
  plan.observe = setting.observe;
  plan.main_program = setting.tracee;
  build::Runnable runnable{.files = {{setting.tracee, std::move(program), true}},
                           .command = {"/program/" + setting.tracee}};
  runnable.command.insert(runnable.command.end(), setting.args.begin(), setting.args.end());
  plan.programs[setting.tracee] = std::move(runnable);
  plan.rung = sandbox::Rung::kB;
  plan.wall_limit = std::chrono::minutes(1);
  return plan;
}

}  // namespace

std::set<record::Facet> Everything() {
  std::set<record::Facet> facets;
  for (int i = 0; i <= static_cast<int>(record::kLastFacet); ++i)
    facets.insert(static_cast<record::Facet>(i));
  return facets;
}

Result<std::unique_ptr<Subject>> Subject::Start(const Setting& setting,
                                                sandbox::SandboxPool& pool) {
  TRY_ASSIGN(std::string program, ReadFile(plumbline::testing::TraceePath(setting.tracee)));
  std::unique_ptr<Subject> subject(new Subject(PlanFor(setting, std::move(program))));
  const scenario::Plan& plan = subject->plan_;
  subject->recording_.header.observed = plan.observe;
  subject->recording_.header.language = plan.language;
  TRY_ASSIGN(subject->stage_, scenario::Stage::Open(plan, pool, subject->recording_));
  const scenario::Launch launch{.name = "submission",
                                .program = plan.main_program,
                                .command = plan.programs.at(plan.main_program).command,
                                .input = plan.scenario.input,
                                .terminal = plan.scenario.terminal};
  TRY(subject->stage_->Start(launch));
  return subject;
}

Subject::Probes Subject::Watch(int probes) {
  Probes counted;
  trace::Tracer& tracer = stage_->tracer();
  while (counted.asked < probes && !tracer.AllEnded()) {
    while (tracer.HandleStops()) {
    }
    if (tracer.used_internet()) stage_->network().Enable(tracer.used_internet6());
    if (tracer.AllEnded()) break;
    ++counted.asked;
    if (stage_->rest().Probe() != Rest::kMoving) ++counted.resting;
  }
  return counted;
}

Result<Duration> Subject::RunUntilBlocked() {
  using Clock = std::chrono::steady_clock;
  TRY_ASSIGN(Motion motion, Motion::Begin(*stage_));
  uint64_t stops = 0;
  Clock::time_point last_stop = Clock::now();
  const auto ended = [&] {
    const uint64_t now = stage_->tracer().stops();
    if (std::exchange(stops, now) != now) last_stop = Clock::now();
    return stage_->tracer().AllEnded();
  };
  switch (motion.Run(ended, {Pause::kBlocked})) {
    case Pause::kBlocked:
      return Clock::now() - last_stop;
    case Pause::kOver:
      return motion.error() ? std::unexpected(*motion.error()) : Fail("a limit was reached");
    default:
      return Fail("it ended");
  }
}

Result<std::string> Subject::CodeOfHang() {
  TRY(stage_->TakeSnapshot("end"));
  recording_.outcome = record::Outcome::kDeadlocked;
  const spec::Exercise none;
  const auto finding = evaluate::FindingOfHang(evaluate::Scene(none, recording_));
  return finding ? finding->code : "none";
}

}  // namespace plumbline::quiescence
