// SPDX-License-Identifier: MIT
#include "scenario/turns.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

namespace plumbline::scenario {
namespace {

using Kind = record::Perturbation::Kind;

// Turns to no effect after which another one is let go first.
constexpr int kPatience = 3;
// After so many of all together those in line only ask.
constexpr int kOnlyAsk = 400;
// Decisions that are kept; a run that has more is a program that never ends.
constexpr size_t kMostChoices = 100'000;

constexpr uint32_t kHighest = std::numeric_limits<uint32_t>::max();

}  // namespace

bool ActsOnly(const spec::Step& step) {
  return std::holds_alternative<spec::SendSignal>(step.action) ||
         std::holds_alternative<spec::Press>(step.action) ||
         std::holds_alternative<spec::Send>(step.action) ||
         std::holds_alternative<spec::Close>(step.action);
}

bool AwaitsItsWord(const spec::Step& step) {
  return std::holds_alternative<spec::AwaitOutput>(step.action) ||
         std::holds_alternative<spec::Receive>(step.action);
}

// INTR and SUSP (termios(3)).
bool SendsSignal(const spec::Step& step) {
  const auto* const press = std::get_if<spec::Press>(&step.action);
  if (press == nullptr) return std::holds_alternative<spec::SendSignal>(step.action);
  return std::ranges::all_of(
      press->keys, [](const std::string& key) { return key == "ctrl-c" || key == "ctrl-z"; });
}

// By chance in one of two ways: by priorities that change a few times (Burckhardt et al., "A
// Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010), which goes
// deep, and by a die at each decision, with more or less long stretches of one task, which goes
// wide.
Turns::Turns(const record::Perturbation& perturbation, uint64_t seed, trace::Tracer& tracer,
             record::Recording& recording)
    : perturbation_(perturbation),
      tracer_(tracer),
      recording_(recording),
      by_chance_(perturbation.kind == Kind::kInterleavings && perturbation.choices.empty()),
      random_(seed) {
  if (!by_chance_) return;
  by_priority_ = Random(2) == 0;
  stays_ = Random(4);
  grader_priority_ = static_cast<uint32_t>(Random(kHighest));
  constexpr uint64_t kLengths[] = {8, 32, 128};
  const uint64_t length = kLengths[Random(3)];
  for (uint64_t changes = Random(4); changes > 0; --changes) changes_.push_back(Random(length));
  lowest_ = 1000;
}

bool Turns::MayActEarly(bool is_signal) const {
  return perturbation_.kind == Kind::kInterleavings ||
         (perturbation_.kind == Kind::kSignals && is_signal);
}

Turns::Key Turns::KeyOf(const trace::Task& task) { return {task.process->index, task.tid.value}; }

bool Turns::OnlyAsk() const { return in_vain_ >= kOnlyAsk; }

// --- What is possible.

void Turns::NoteLastTurn() {
  if (!last_) return;
  const bool effect = std::exchange(effects_, tracer_.effects()) != tracer_.effects();
  in_vain_ = effect ? 0 : in_vain_ + 1;
  if (effect)
    asks_.clear();
  else
    ++asks_[*last_];
}

// Who had the last turn goes on, unless it only asks: then whoever asked least.
void Turns::PutDefaultFirst(std::vector<trace::Task*>& line) const {
  const auto vain = [this](const trace::Task* task) {
    const auto asked = asks_.find(KeyOf(*task));
    return asked == asks_.end() ? 0 : asked->second / kPatience;
  };
  const auto rank = [&](const trace::Task* task) {
    return std::pair(vain(task), last_ && KeyOf(*task) == *last_ ? 0 : 1);
  };
  std::ranges::stable_sort(line, {}, rank);
}

std::vector<Turns::Move> Turns::OptionsOf(const std::vector<trace::Task*>& line, bool grader) {
  std::vector<trace::Task*> tasks = line;
  PutDefaultFirst(tasks);
  const bool any_task = perturbation_.kind == Kind::kInterleavings;
  const bool any_signal = any_task || perturbation_.kind == Kind::kSignals;
  if (!any_task) tasks.resize(std::min<size_t>(tasks.size(), 1));
  std::vector<Move> options;
  for (trace::Task* task : tasks) {
    options.push_back({.task = task});
    if (any_signal && tracer_.MustHandleSignal(*task))
      options.push_back({.task = task, .signal_first = false});
  }
  if (grader) options.push_back({});
  return options;
}

// --- What is chosen.

Turns::Move Turns::Next(const std::vector<trace::Task*>& line, Act grader) {
  NoteLastTurn();
  const std::vector<Move> options = OptionsOf(line, grader != Act::kNothing);
  Move move = options.front();
  if (options.size() > 1) {
    const size_t chosen = Choose(options);
    if (chosen != 0) NoteOvertaking(options[chosen], options.front(), grader);
    if (recording_.choices.size() < kMostChoices)
      recording_.choices.push_back(
          {.options = static_cast<int>(options.size()), .chosen = static_cast<int>(chosen)});
    move = options[chosen];
  }
  if (move.task == nullptr) return move;
  last_ = KeyOf(*move.task);
  // Without a signal there is nothing to handle first.
  move.signal_first = move.signal_first && tracer_.MustHandleSignal(*move.task);
  return move;
}

bool Turns::OvertakesNext() const {
  return !by_chance_ && perturbation_.choices.contains(recording_.choices.size());
}

// Whose signals alone come later is not overtaken.
void Turns::NoteOvertaking(const Move& first, const Move& passed, Act grader) {
  auto& all = recording_.overtakings;
  if (first.task == passed.task || passed.task == nullptr) return;
  if (all.size() == record::kMostOvertakings) return;
  const size_t index = all.size();
  all.push_back({.first = {}, .passed = trace::Tracer::StandingOf(*passed.task)});
  tracer_.NoteWhere(*passed.task, [index](record::Recording& recording) -> auto& {
    return recording.overtakings[index].passed.where;
  });
  all.back().signal = first.task == nullptr && grader == Act::kSignal;
  if (first.task == nullptr) {
    tracer_.NoteTested(*passed.task, [index](record::Recording& recording) -> auto& {
      return recording.overtakings[index].passed.tested;
    });
    return;
  }
  all.back().first = trace::Tracer::StandingOf(*first.task);
  tracer_.NoteWhere(*first.task, [index](record::Recording& recording) -> auto& {
    return recording.overtakings[index].first.where;
  });
}

size_t Turns::Choose(const std::vector<Move>& options) {
  if (by_chance_) return by_priority_ ? ByPriority(options) : ByChance(options);
  const auto choice = perturbation_.choices.find(recording_.choices.size());
  if (choice == perturbation_.choices.end()) return 0;
  return std::min<size_t>(choice->second, options.size() - 1);
}

size_t Turns::ByChance(const std::vector<Move>& options) {
  return Random(4) < stays_ ? 0 : Random(options.size());
}

// Who asks in vain lets the others go first, or nobody would ever answer.
uint32_t Turns::PriorityOf(const Move& move) {
  if (move.task == nullptr) return grader_priority_;
  const Key key = KeyOf(*move.task);
  const auto asked = asks_.find(key);
  if (asked != asks_.end() && asked->second >= kPatience) return 0;
  const auto [priority, fresh] = priorities_.try_emplace(key);
  if (fresh) priority->second = 1000 + static_cast<uint32_t>(Random(kHighest - 1000));
  return priority->second;
}

size_t Turns::ByPriority(const std::vector<Move>& options) {
  std::vector<uint32_t> priorities;
  for (const Move& move : options) priorities.push_back(PriorityOf(move));
  auto first = static_cast<size_t>(std::ranges::max_element(priorities) - priorities.begin());
  if (std::ranges::find(changes_, recording_.choices.size()) != changes_.end()) {
    const Move& move = options[first];
    lowest_ = lowest_ > 1 ? lowest_ - 1 : 1;
    (move.task == nullptr ? grader_priority_ : priorities_[KeyOf(*move.task)]) = lowest_;
    priorities.clear();
    for (const Move& other : options) priorities.push_back(PriorityOf(other));
    first = static_cast<size_t>(std::ranges::max_element(priorities) - priorities.begin());
  }
  // Its signals before the call, or during it.
  const bool twice = first + 1 < options.size() && options[first].task != nullptr &&
                     options[first + 1].task == options[first].task;
  return twice ? first + Random(2) : first;
}

// Not by a distribution: those of a library may differ from one to the next.
uint64_t Turns::Random(uint64_t below) { return random_() % below; }

}  // namespace plumbline::scenario
