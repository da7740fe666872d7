// SPDX-License-Identifier: MIT
#include "scenario/motion.h"

#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <utility>

#include "base/processor.h"
#include "trace/clock/virtual_time.h"
#include "trace/proc.h"

namespace plumbline::scenario {
namespace {

using record::Outcome;
using trace::Rest;

// How soon a run that has come to rest is seen to; and how rarely one that computes is looked at.
constexpr Duration kShortest = std::chrono::microseconds(150);
constexpr Duration kLongest = std::chrono::milliseconds(4);
constexpr Duration kWhileBusy = std::chrono::milliseconds(1);
// Programs that compute may be told so late that their time has come.
constexpr Duration kLate = std::chrono::milliseconds(1);
// How often the limits are looked at. A look at many processes takes long, and is not to take the
// time that they need themselves.
constexpr Duration kLook = std::chrono::milliseconds(8);
constexpr Duration kSeldom = std::chrono::milliseconds(250);
constexpr int kLooksApart = 16;  // times the processor time that the last one took

// What a program makes the grader do is real time too, and that is not judged: a storm of stops or
// of events would take more of it than a run may last, and end as an error of the machine. No right
// program comes near. Looks do not count: how many there are hangs on the load of the machine.
Duration MostForFollowing(const spec::Limits& limits) {
  return std::chrono::seconds(3) + limits.cpu;
}

// What it costs that somebody has a turn: the program, stopped twice, and the grader.
constexpr Duration kTurn = std::chrono::microseconds(100);
constexpr uint64_t kMostTurns = 200'000;  // are none of the program's doing

Duration CostOfTurns(uint64_t turns) {
  return static_cast<int64_t>(std::min(turns, kMostTurns)) * kTurn;
}

// By their number, which is the same on each machine; those beyond count as what they cost.
bool TakesTooManyTurns(uint64_t turns, const spec::Limits& limits) {
  return turns > kMostTurns &&
         static_cast<int64_t>(turns - kMostTurns) * kTurn > MostForFollowing(limits);
}

Duration OwnProcessorTime() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace

// While it lives, what the grader computes is no doing of the program's.
class Motion::Looking {
 public:
  explicit Looking(Motion& motion) : motion_(motion), begin_(OwnProcessorTime()) {}
  Looking(const Looking&) = delete;
  Looking& operator=(const Looking&) = delete;
  ~Looking() { motion_.looked_ += OwnProcessorTime() - begin_; }

 private:
  Motion& motion_;
  Duration begin_;
};

Result<Motion> Motion::Begin(Stage& stage) {
  TRY_ASSIGN(Ticker ticker, Ticker::Start());
  return Motion(stage, std::move(ticker));
}

Motion::Motion(Stage& stage, Ticker ticker)
    : stage_(stage),
      ticker_(std::move(ticker)),
      begin_(Clock::now()),
      own_begin_(OwnProcessorTime()),
      own_waited_(WaitedForProcessor(HostPid{::gettid()})),
      period_(kShortest) {
  if (!stage.perturbation().InTurns()) return;
  turns_ = std::make_unique<Turns>(stage.perturbation(), stage.plan().seed, stage.tracer(),
                                   stage.recording());
  faults_ = std::make_unique<Faults>(stage.perturbation(), stage.tracer(), stage.recording());
}

bool Motion::MissedFault() const { return stage_.perturbation().IsFault() && !faults_->fired(); }

bool Motion::ReachedLimit() {
  if (over_) return true;
  const Clock::time_point now = Clock::now();
  if (now < next_look_) return false;
  const Duration looked = looked_;
  LookAtLimits(now);
  next_look_ = now + std::clamp<Duration>(kLooksApart * (looked_ - looked), kLook, kSeldom);
  return over_.has_value();
}

void Motion::LookAtLimits(Clock::time_point now) {
  const Looking looking(*this);
  stage_.rest().LookForEffects();
  const spec::Limits& limits = stage_.plan().limits;
  const auto& streams = stage_.recording().streams;
  const auto& gone = stage_.tracer().strangers_ended();
  const uint64_t turns = stage_.tracer().turns();
  const Duration turning = CostOfTurns(turns);
  if (std::ranges::any_of(streams, [](const auto& stream) { return stream.second.cut; }))
    over_ = Outcome::kOutputLimit;
  else if (stage_.box().MemoryLimitHit() || stage_.SampleMemory() > limits.memory)
    over_ = Outcome::kMemoryLimit;
  else if (stage_.tracer().ProcessorTime() - turning > limits.cpu ||
           OwnProcessorTime() - own_begin_ - looked_ - turning > MostForFollowing(limits) ||
           TakesTooManyTurns(turns, limits))
    over_ = Outcome::kProcessorLimit;
  else if (ReachedVirtualLimit())
    over_ = Outcome::kVirtualLimit;
  else if (std::ranges::find(gone, stage_.box().init()) != gone.end())
    error_ =
        Error{"the sandbox's first process has ended", "run it again; if it stays so, report it"};
  else if (stage_.FillsDisk())
    error_ = Error{"the run's files took more than " + ToString(sandbox::Limits().disk) +
                       ", or were more than " + std::to_string(sandbox::kMostFiles),
                   "isolation C ends such a run; on A and B its file system is full, and plumbline "
                   "doctor says how to get them"};
  else if (IsTooLate(now))
    error_ = Error{"the run took more than " + ToString(stage_.plan().wall_limit) +
                       " of real time and was given up",
                   "see that the machine is not overloaded, and run it again"};
  if (error_) over_ = Outcome::kError;
}

// A wait for a processor is counted when it has ended. One that lasts is seen by that: a task could
// go on, and has not since the last look, if there was one.
bool Motion::SomebodyIsKeptWaiting() {
  std::map<pid_t, Duration> runnable;
  const auto look = [&](HostPid task) {
    if (const auto time = trace::ProcessorTimeOfRunnable(task)) runnable[task.value] = *time;
  };
  look(stage_.box().init());
  for (const auto& [host, task] : stage_.tracer().tasks()) look(task->host);
  const auto before = std::exchange(processor_of_runnable_, std::move(runnable));
  return std::ranges::any_of(processor_of_runnable_, [&](const auto& entry) {
    const auto known = before.find(entry.first);
    return known == before.end() || known->second == entry.second;
  });
}

// Real time that others had the processors is not the run's.
bool Motion::IsTooLate(Clock::time_point now) {
  const Duration limit = stage_.plan().wall_limit;
  if (now - begin_ <= limit) return false;
  const Duration waited = WaitedForProcessor(HostPid{::gettid()}) - own_waited_;
  const Duration others = waited + stage_.tracer().WaitedForProcessors() + stage_.tracer().napped();
  if (now - begin_ - others <= limit) return false;
  return !SomebodyIsKeptWaiting();
}

bool Motion::ReachedVirtualLimit() {
  return stage_.tracer().time().HasCome(stage_.plan().limits.virtual_time);
}

void Motion::CheckLimits() {
  next_look_ = {};
  ReachedLimit();
}

// A wait that nothing ended by itself is doubled, for programs that only compute. Those that stop
// all the time are not at rest: to interrupt them for a look would cost as much as their stops.
void Motion::Wait(bool moved) {
  constexpr int kMany = 64;
  const bool was_busy = moves_ > kMany;
  moves_ = moved ? moves_ + 1 : 0;
  if (moves_ > kMany)
    period_ = kWhileBusy;
  else if (moved || was_busy)
    period_ = kShortest;
  else
    period_ = std::min(kLongest, period_ * 2);
  ticker_.Set(period_);
  stage_.tracer().WaitForStop();
}

Pause Motion::RestNow() {
  const Looking looking(*this);
  if (stage_.tracer().used_internet()) stage_.network().Enable(stage_.tracer().used_internet6());
  stage_.DeliverKeys();
  if (!stage_.InitIsIdle()) return Pause::kDone;
  switch (stage_.rest().Probe()) {
    case Rest::kMoving:
      break;
    case Rest::kAsleep:
      return Pause::kAsleep;
    case Rest::kBlocked:
      return Pause::kBlocked;
    case Rest::kSpinning:
      return Pause::kSpinning;
    case Rest::kAsking:
      return Pause::kAsking;
  }
  return Pause::kDone;  // of nothing: not at rest
}

void Motion::SetTime(Duration time) {
  stage_.tracer().time().JumpTo(time);
  stage_.journal().set_time(time);
}

Pause Motion::LetTimePass(Duration until) {
  trace::VirtualTime& time = stage_.tracer().time();
  until = std::min(until, stage_.plan().limits.virtual_time);
  const auto next = time.Next();
  if (time.real())
    Wait(false);
  else
    SetTime(next ? std::min(*next, until) : until);
  const bool fired = time.FireDue();
  if (time.Now() < until || fired) return Pause::kDone;
  CheckLimits();
  return over_ ? Pause::kOver : Pause::kLate;
}

Pause Motion::Run(const std::function<bool()>& done, const std::set<Pause>& rests, Duration until) {
  if (turns_) return RunInTurns(done, rests, until, Turns::Act::kNothing);
  period_ = kShortest;
  while (true) {
    const bool stopped = stage_.tracer().HandleStops();
    // While stops come, what was written is read before each event; the rest need not be done at
    // each.
    const bool serves = !stopped || Clock::now() >= next_service_;
    const bool served = serves && stage_.Serve();
    if (serves) {
      next_service_ = Clock::now() + kShortest;
      // Time passes by computing too.
      const Looking looking(*this);
      while (stage_.tracer().time().FireDue(kLate)) {
      }
    }
    if (done()) {
      if (!serves) stage_.Serve();
      return Pause::kDone;
    }
    if (ReachedLimit()) return Pause::kOver;
    if (serves && until != Duration::max() && stage_.tracer().time().HasCome(until))
      return Pause::kLate;
    if ((!stopped && !served) || stage_.tracer().SomebodyAsks()) {
      const Pause pause = RestNow();
      // The proof is worth nothing if the grader itself has something to give or to take.
      if (pause != Pause::kDone && rests.contains(pause) && !stage_.Serve()) {
        const uint64_t before = stage_.tracer().effects();
        if (done()) return Pause::kDone;
        if (stage_.tracer().effects() == before) return pause;
      }
    }
    Wait(stopped || served);
  }
}

// --- In turns.

// Until whoever goes on has come to its next call, has ended, or waits for others; and those whom
// that woke have come as far. Then nothing moves but who spins.
Pause Motion::ComeToRest() {
  period_ = kShortest;
  while (true) {
    bool stopped = false;
    bool computes = false;  // for a while
    while (!computes && stage_.tracer().HandleStops()) {
      stopped = true;
      computes = stage_.tracer().has_answered();
      if (ReachedLimit()) return Pause::kOver;
    }
    if (ReachedLimit()) return Pause::kOver;
    // Who has just come to a stop does not spin, however much it has computed so far: to whom the
    // next turn goes must not hang on how fast the machine is, nor on what it costs to look at
    // each instruction.
    if (stopped) stage_.ForgetSpinning();
    const Pause pause = computes ? Pause::kDone : RestNow();
    if (pause == Pause::kDone) {
      Wait(stopped);
      continue;
    }
    if (!stage_.tracer().GiveFloor()) return pause;
  }
}

// False: the grader acts.
bool Motion::GiveTurn(Turns::Act act) {
  const Turns::Move move = turns_->Next(stage_.tracer().InLine(), act);
  if (move.task == nullptr) return false;
  if (move.task->held_at_call && !move.signal_first && faults_->At(*move.task)) return true;
  if (turns_->OvertakesNext()) stage_.tracer().FollowTests(*move.task);
  stage_.tracer().GiveTurn(*move.task, move.signal_first);
  stage_.ForgetSpinning();
  return true;
}

Pause Motion::RunInTurns(const std::function<bool()>& done, const std::set<Pause>& rests,
                         Duration until, Turns::Act act) {
  while (true) {
    const Pause pause = ComeToRest();
    if (pause == Pause::kOver) return pause;
    if (stage_.Serve()) continue;
    if (stage_.tracer().time().FireDue(kLate)) continue;
    const uint64_t before = stage_.tracer().effects();
    if (done()) return Pause::kDone;
    // It took something, for which somebody may have waited.
    if (stage_.tracer().effects() != before) continue;
    if (until != Duration::max() && stage_.tracer().time().Now() >= until) return Pause::kLate;
    // Whoever waits may be interrupted, whether others could go on or not.
    if (faults_->AtRest()) continue;
    const bool line = !stage_.tracer().InLine().empty();
    if (line && !turns_->OnlyAsk()) {
      if (!GiveTurn(act)) return Pause::kDone;
      continue;
    }
    turns_->ForgetAsking();
    const Pause now = line ? Pause::kSpinning : pause;
    if (rests.contains(now)) return now;
    if (line && !GiveTurn(act)) return Pause::kDone;
    if (!line) Wait(false);
  }
}

Pause Motion::RunUntilAct(bool is_signal) {
  const std::set<Pause> rests{Pause::kAsleep, Pause::kBlocked, Pause::kSpinning};
  if (!MayActEarly(is_signal)) return Run([] { return false; }, rests);
  return RunInTurns([] { return false; }, rests, Duration::max(),
                    is_signal ? Turns::Act::kSignal : Turns::Act::kStep);
}

}  // namespace plumbline::scenario
