// SPDX-License-Identifier: MIT
// Who is next, in a run whose tasks take turns: every way in which a run could have gone otherwise
// is a decision among options, of which the first is the default. What was decided is kept in the
// recording, so that it can be decided again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <vector>

#include "record/perturbation.h"
#include "record/recording.h"
#include "spec/exercise.h"
#include "trace/tracer.h"

namespace plumbline::scenario {

// A step that waits for nothing: in a run in turns it may come before all is at rest.
bool ActsOnly(const spec::Step& step);
// By what it prints or sends a program says that it is ready for what comes; that it listens or
// lives says nothing of the kind. A step that acts may follow as soon as that is there.
bool AwaitsItsWord(const spec::Step& step);
// It is a signal to programs: one from outside, or by keys that a terminal makes signals of.
bool SendsSignal(const spec::Step& step);

class Turns {
 public:
  // `seed`: of kInterleavings without choices. All outlive it.
  Turns(const record::Perturbation& perturbation, uint64_t seed, trace::Tracer& tracer,
        record::Recording& recording);

  // The grader's next step may come as soon as it can, and not only at rest.
  bool MayActEarly(bool is_signal) const;

  // What the grader may do next.
  enum class Act { kNothing, kStep, kSignal };
  // What comes next of tasks at rest, some of which stand in line.
  struct Move {
    trace::Task* task = nullptr;  // nobody: the grader acts
    bool signal_first = true;     // it handles its signals before its call
  };
  Move Next(const std::vector<trace::Task*>& line, Act grader);
  // It is known that the next decision will not be the one by default.
  bool OvertakesNext() const;
  // Those in line have been asking for something in vain for long: they spin.
  bool OnlyAsk() const;
  void ForgetAsking() { in_vain_ = 0; }

 private:
  // A name for a task that is the same in each run: the lineage of its process and its number.
  using Key = std::pair<int, int>;
  std::vector<Move> OptionsOf(const std::vector<trace::Task*>& line, bool grader);
  void PutDefaultFirst(std::vector<trace::Task*>& line) const;
  void NoteLastTurn();
  size_t Choose(const std::vector<Move>& options);
  void NoteOvertaking(const Move& first, const Move& passed, Act grader);
  size_t ByChance(const std::vector<Move>& options);
  size_t ByPriority(const std::vector<Move>& options);
  uint32_t PriorityOf(const Move& move);
  uint64_t Random(uint64_t below);
  static Key KeyOf(const trace::Task& task);

  const record::Perturbation& perturbation_;
  trace::Tracer& tracer_;
  record::Recording& recording_;
  std::optional<Key> last_;
  uint64_t effects_ = 0;
  int in_vain_ = 0;          // turns in a row without an effect
  std::map<Key, int> asks_;  // the same of each, since it had its last turn with one

  // Of chance.
  bool by_chance_ = false;
  std::mt19937_64 random_;
  bool by_priority_ = false;
  uint64_t stays_ = 0;  // else: in so many of four decisions who ran goes on
  std::map<Key, uint32_t> priorities_;
  uint32_t grader_priority_ = 0;
  std::vector<uint64_t> changes_;  // decisions at which who is first becomes last
  uint32_t lowest_ = 0;
};

}  // namespace plumbline::scenario
