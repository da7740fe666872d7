// SPDX-License-Identifier: MIT
// Programs that compute and compute while nothing comes of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "trace/tracer.h"

namespace plumbline::trace {

class SpinTest {
 public:
  explicit SpinTest(Tracer& tracer) : tracer_(tracer) {}

  // Of one look at all tasks: those that run have only spun for 100 ms of processor time each. That
  // is, the tracer saw no effect, they read and wrote no bytes, and nobody of those that sleep was
  // woken.
  bool OnlySpin(const std::vector<Task*>& running, const std::vector<Task*>& sleeping);

  // Of one that runs: OnlySpin() could hold, or has something to begin with. Else a look at all the
  // others, which takes long of many, would be for nothing: it has hardly computed since the last
  // effect.
  bool MaySpin(const Task& runs);

  // Who spins has to use as much again until that is believed.
  void Forget();

  // How much processor time each of those that spin has used since nothing happens any more, at
  // least.
  Duration Spun() const;

 private:
  struct Spinner {
    Duration begin{};      // of the window
    Duration processor{};  // when it began to be measured
    std::string moved;     // bytes read and written, /proc/PID/io
  };
  struct Window {                          // since when nothing has happened
    std::map<pid_t, uint64_t> run_counts;  // of those that slept
    std::map<record::ProcessIndex, Spinner> spinners;
  };
  bool Holds(const std::vector<Task*>& running, const std::vector<Task*>& sleeping) const;
  void Begin(const std::vector<Task*>& running, const std::vector<Task*>& sleeping);

  bool SeesEffect();

  Tracer& tracer_;
  uint64_t effects_ = 0;
  std::optional<Window> window_;
  std::map<record::ProcessIndex, Duration> computed_;  // processor time, at the last effect
};

// Processor time that nothing comes of, measured by the clock: a program that makes calls all the
// time is never found between two of them.
class IdleTest {
 public:
  explicit IdleTest(Tracer& tracer) : tracer_(tracer) {}

  // Call every few milliseconds.
  void Look();
  // How much a process has used since the last effect that anybody's doing had, to two looks; 0
  // where nothing was measured.
  Duration SpunFor(const Process& process) const;

 private:
  struct Idler {
    Duration processor{};  // at the last effect
    Duration looked{};     // at the last look
    std::string moved;     // bytes read and written, /proc/PID/io
  };
  Tracer& tracer_;
  uint64_t effects_ = 0;
  std::map<record::ProcessIndex, Idler> idlers_;
};

}  // namespace plumbline::trace
