// SPDX-License-Identifier: MIT
#include "trace/blocked/asking.h"

#include <sys/syscall.h>

#include <chrono>
#include <utility>

#include "trace/blocked/look.h"
#include "trace/tracer.h"

namespace plumbline::trace {
namespace {

constexpr int kMeasured = 128;  // calls
constexpr int kMany = 2 * kMeasured;
// Who closes one descriptor after the other, or looks for many files, asks nothing twice.
constexpr size_t kTimesEach = 4;
constexpr size_t kMostKinds = 1024;
// To ask takes a few microseconds, in an interpreter a few tens.
constexpr Duration kNothingElse = kMeasured * std::chrono::microseconds(100);

uint64_t KindOf(const Entry& call) {
  constexpr uint64_t kPrime = 0x9e3779b97f4a7c15;
  uint64_t kind = static_cast<uint64_t>(call.number);
  for (const uint64_t part : {call.instruction, call.args[0]}) kind = kind * kPrime + part;
  return kind;
}

// As calls about many things are, that are asked by turns.
bool IsRepetition(const Asking& asking) {
  return asking.calls >= kMany &&
         static_cast<size_t>(asking.calls) >= kTimesEach * asking.kinds.size();
}

void BeginAgain(Asking& asking) {
  asking.calls = 0;
  asking.kinds.clear();
}

}  // namespace

bool ReadsClock(const Task& task) {
  const int call = task.call.number;
  return call == SYS_clock_gettime || call == SYS_gettimeofday || call == SYS_time;
}

bool ReadsClockAgain(Task& task) { return ++task.asking.readings % kMeasured == 0; }

bool OnlyAsks(Task& task, uint64_t effects) {
  Asking& asking = task.asking;
  const bool had_effect = std::exchange(asking.effects, effects) != effects;
  if (had_effect || asking.kinds.size() > kMostKinds) BeginAgain(asking);
  asking.kinds.insert(KindOf(task.call));
  if (++asking.calls % kMeasured != 0) return false;
  const Duration before = std::exchange(asking.processor, Tracer::ProcessorTimeOf(*task.process));
  const std::string moved = std::exchange(asking.moved, BytesMoved(task.process->host));
  return IsRepetition(asking) && asking.processor - before < kNothingElse && asking.moved == moved;
}

bool HasOnlyAsked(const Task& task) { return IsRepetition(task.asking); }

}  // namespace plumbline::trace
