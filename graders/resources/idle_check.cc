// SPDX-License-Identifier: MIT
#include "graders/resources/idle_check.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include "base/units.h"
#include "evaluate/explain.h"
#include "evaluate/parameters.h"
#include "evaluate/reach.h"

namespace plumbline::graders::resources {
namespace {

spec::KindTable Table() {
  return {
      .name = "resources.idle",
      .doc =
          "Passes when between the snapshots they hardly used the processor and were hardly woken "
          "by timers of their own.",
      .params =
          {evaluate::BetweenParam(), evaluate::WhoParam("all"),
           evaluate::Defaulting(
               {.name = "wakeups",
                .type = spec::ParamType::kCountOrSize,
                .doc =
                    "Wake-ups by timers of its own that each may have, a second of virtual time."},
               "1"),
           evaluate::Defaulting({.name = "processor",
                                 .type = spec::ParamType::kDuration,
                                 .doc = "Processor time that they may use together; each time that "
                                        "virtual time goes on gives 10 ms more."},
                                "50ms")},
      .findings = {{"polling", "Timers of its own wake it again and again."},
                   {"busy", "It uses the processor while it waits."},
                   evaluate::NobodyFinding()}};
}

std::set<record::Facet> Needs(const spec::Params&) { return {record::Facet::kUsage}; }

using evaluate::Msg;
using record::ProcessIndex;
using record::Usage;
using Usages = std::map<ProcessIndex, Usage>;

struct Interval {
  const evaluate::Scene& scene;
  const record::Snapshot& from;
  const record::Snapshot& to;
  const Usages& before;
  const Usages& after;

  Usage Before(ProcessIndex process) const {
    const auto it = before.find(process);
    return it == before.end() ? Usage{} : it->second;
  }
};

Duration ProcessorOf(const Interval& interval, ProcessIndex process) {
  const auto it = interval.after.find(process);
  return it == interval.after.end() ? Duration{}
                                    : it->second.processor - interval.Before(process).processor;
}

// Measured amounts differ a little from run to run, and two grades of one program shall not: the
// finding names the limit and who went over it, not by how much.
evaluate::Finding Busy(const Interval& interval, const std::vector<ProcessIndex>& who,
                       Duration most) {
  evaluate::Finding finding{
      .code = "busy",
      .what = Msg(
          "Between '{before}' and '{after}' more than {most} of processor time were used.",
          {{"before", interval.from.name}, {"after", interval.to.name}, {"most", ToString(most)}}),
      .why =
          Msg("A loop that asks again and again uses a whole processor and finds nothing sooner."),
      .next = Msg("Let the kernel wake the program: wait in read(), poll(), sigsuspend(), "
                  "waitpid() or on a semaphore.")};
  for (const ProcessIndex process : who) {
    if (ProcessorOf(interval, process) <= most || finding.evidence.size() == 6) continue;
    const record::ProcessStateAt* state = interval.scene.StateAt(process, interval.to);
    if (state == nullptr || state->state == record::ProcessState::kZombie) continue;
    finding.evidence.push_back(evaluate::ExplainWait(interval.scene, process, interval.to).waits);
  }
  return finding;
}

// Who is woken has something to do: a shell that sleeps for a second starts a program for it. What
// that costs is the machine's matter, and by far less than this; who spins uses ten times as much
// until time goes on.
Duration MostProcessor(const Interval& interval, Duration processor) {
  constexpr Duration kForEach = std::chrono::milliseconds(10);
  const auto jumps = std::ranges::count_if(
      interval.scene.recording().machine.jumps, [&](const record::Jump& jump) {
        return jump.to > interval.from.time && jump.to <= interval.to.time;
      });
  return processor + jumps * kForEach;
}

// A timer that rings once a second may ring once more than there are seconds between two instants.
uint64_t MostWakeups(const Interval& interval, int64_t a_second) {
  const auto seconds = std::chrono::duration<double>(interval.to.time - interval.from.time).count();
  return static_cast<uint64_t>(seconds * static_cast<double>(a_second)) + 1;
}

std::optional<evaluate::Finding> JudgeWakeups(const Interval& interval,
                                              const std::vector<ProcessIndex>& who,
                                              int64_t a_second) {
  for (const ProcessIndex process : who) {
    const auto after = interval.after.find(process);
    if (after == interval.after.end()) continue;
    const uint64_t before = interval.Before(process).wakeups;
    const uint64_t wakeups = after->second.wakeups - std::min(before, after->second.wakeups);
    if (wakeups <= MostWakeups(interval, a_second)) continue;
    return evaluate::Finding{
        .code = "polling",
        .what =
            Msg("Between '{before}' and '{after}' {who} was woken too often by timers of its own; "
                "right would be at most: {count}.",
                {{"who", interval.scene.NameOf(process, &interval.to)},
                 {"count", MostWakeups(interval, a_second)},
                 {"before", interval.from.name},
                 {"after", interval.to.name}}),
        .why = Msg("It sleeps a little, looks, and sleeps again: that is polling."),
        .next = Msg("Wait for the event itself instead of looking for it at intervals.")};
  }
  return std::nullopt;
}

evaluate::Judgement Judge(const evaluate::Scene& scene, const spec::Params& params) {
  const auto between = evaluate::SnapshotsBetween(scene, params);
  if (!between) return between.error();
  const auto& [from, to] = *between;
  const auto& usage = scene.recording().machine.usage;
  const auto before = usage.find(from->name);
  const auto after = usage.find(to->name);
  if (before == usage.end() || after == usage.end()) {
    return evaluate::Unjudgeable{
        Msg("The recording does not hold what this check looks at ({facet}): run it again.",
            {{"facet", record::ToString(record::Facet::kUsage)}})};
  }
  const auto who = evaluate::Everybody(scene, params.Get<spec::WhoList>("who"), to);
  if (!who) return who.error();
  const Interval interval{scene, *from, *to, before->second, after->second};
  Duration used{};
  for (const ProcessIndex process : *who) used += ProcessorOf(interval, process);
  // First what is counted: who looks a thousand times a second may come to be busy, on a slow
  // machine.
  if (auto finding = JudgeWakeups(interval, *who, params.Get<int64_t>("wakeups"))) return *finding;
  const auto most = params.Get<Duration>("processor");
  if (used > MostProcessor(interval, most)) return Busy(interval, *who, most);
  return evaluate::Pass{};
}

}  // namespace

evaluate::CheckKind Idle() { return evaluate::Observing<Needs, Judge>(Table()); }

}  // namespace plumbline::graders::resources
