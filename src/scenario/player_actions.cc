// SPDX-License-Identifier: MIT
// Player: the steps that act on the programs from outside.
#include <algorithm>
#include <utility>

#include "record/instead.h"
#include "scenario/player.h"
#include "trace/clock/virtual_time.h"

namespace plumbline::scenario {

namespace instead = record::instead;
using record::ProcessIndex;

namespace {

// A file that the scenario or the programs make, and not one of the system.
bool IsOfPrograms(const std::string& command) {
  return command.starts_with("./") || command.starts_with("/lab/") || command.starts_with("/tmp/");
}

// "ctrl-c", "enter", or a character, as a terminal sends it.
std::string BytesOfKey(const std::string& key) {
  if (key == "enter") return "\r";
  constexpr std::string_view kControl = "ctrl-";
  if (key.size() == kControl.size() + 1 && key.starts_with(kControl))
    return std::string(1, static_cast<char>(key.back() & 0x1f));
  return key;
}

}  // namespace

Played Player::Do(const spec::Press& step) {
  for (const std::string& key : step.keys) {
    if (!stage_.Press(BytesOfKey(key))) return Impossible(instead::kNoTerminal);
    stage_.tracer().CountEffect();
  }
  return {};
}

Played Player::Do(const spec::SendSignal& step) {
  bool anybody = false;
  for (const ProcessIndex index : stage_.cast().Resolve(step.who)) {
    trace::Process& process = stage_.tracer().process(index);
    if (process.ended) continue;
    const Status sent = stage_.tracer().Signal(process, step.signal);
    if (!sent && sent.error().code != ESRCH) return Failed(sent.error());
    anybody = anybody || sent;
  }
  if (!anybody) return Impossible(instead::kNobody);
  return {};
}

Played Player::Do(const spec::ChangeFile& step) {
  using From = spec::ChangeFile::Action;
  using To = sandbox::Sandbox::Change;
  const To change = step.action == From::kAppend    ? To::kAppend
                    : step.action == From::kRewrite ? To::kRewrite
                    : step.action == From::kReplace ? To::kReplace
                                                    : To::kRemove;
  const Status changed =
      stage_.box().ChangeFile(stage_.PathInside(step.path), change, stage_.Materialize(step.text));
  if (!changed) return Refused(changed.error());
  return {};
}

Played Player::Do(const spec::Start& step) {
  Launch launch{.name = step.as, .solution = step.solution, .args = step.command};
  launch.input = step.input;
  launch.output = step.output;
  launch.terminal = step.terminal;
  launch.env = step.env;
  launch.stands = true;
  launch.peer = !step.command.empty() || !step.solution.empty();
  if (!launch.peer) {
    auto command = CommandOf(step.program);
    if (!command) return Failed(command.error());
    launch.program = step.program.empty() ? stage_.plan().main_program : step.program;
    launch.command = *std::move(command);
  }
  std::ranges::copy(step.args, std::back_inserter(launch.args));
  Played launched = Launched(launch);
  const bool of_programs = !step.command.empty() && IsOfPrograms(step.command.front());
  if (!launched && launched.error().error.code != 0 && of_programs)
    return Refused(launched.error().error);
  return launched;
}

Played Player::Do(const spec::Hold& step) {
  stage_.directions().Add(step);
  return {};
}

Played Player::Do(const spec::Release& step) {
  stage_.directions().Release(step.who);
  for (const ProcessIndex process : stage_.cast().Resolve(step.who)) {
    if (!stage_.directions().IsStanding(process))
      stage_.tracer().Release(stage_.tracer().process(process));
  }
  stage_.tracer().CountEffect();
  return {};
}

Played Player::Do(const spec::Advance& step) {
  EndStanding();
  const Duration until = stage_.tracer().time().Now() + step.by;
  while (true) {
    const Pause pause =
        motion_.Run([] { return false; },
                    {Pause::kAsleep, Pause::kBlocked, Pause::kSpinning, Pause::kAsking}, until);
    if (pause == Pause::kOver) return Over();
    if (pause == Pause::kLate) return {};
    const Pause passed = motion_.LetTimePass(until);
    // Who only spins has not looked at the clock since: that it found nothing was at another time.
    if (pause == Pause::kSpinning) stage_.ForgetSpinning();
    if (passed == Pause::kOver) return Over();
    if (passed == Pause::kLate) return {};
  }
}

}  // namespace plumbline::scenario
