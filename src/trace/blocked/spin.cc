// SPDX-License-Identifier: MIT
#include "trace/blocked/spin.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "trace/blocked/look.h"

namespace plumbline::trace {
namespace {

// So much processor time without an effect is spinning (the exercise language, "At rest").
constexpr Duration kSpin = std::chrono::milliseconds(100);
// Before that it is not worth a look at all.
constexpr Duration kLittle = std::chrono::milliseconds(1);

}  // namespace

// Most likely the next look finds another: nothing is measured yet.
bool SpinTest::SeesEffect() {
  if (std::exchange(effects_, tracer_.effects()) == tracer_.effects()) return false;
  window_.reset();
  computed_.clear();
  return true;
}

bool SpinTest::MaySpin(const Task& runs) {
  if (SeesEffect()) return false;
  const record::ProcessIndex index = runs.process->index;
  const Duration now = Tracer::ProcessorTimeOf(*runs.process);
  if (!window_) return now - computed_.try_emplace(index, now).first->second >= kLittle;
  const auto spinner = window_->spinners.find(index);
  return spinner == window_->spinners.end() || now - spinner->second.processor >= kSpin;
}

bool SpinTest::OnlySpin(const std::vector<Task*>& running, const std::vector<Task*>& sleeping) {
  if (SeesEffect()) return false;
  if (!window_ || !Holds(running, sleeping)) {
    Begin(running, sleeping);
    return false;
  }
  const auto& spinners = window_->spinners;
  const bool long_enough = std::ranges::all_of(running, [&](const Task* task) {
    const Duration since = spinners.at(task->process->index).processor;
    return Tracer::ProcessorTimeOf(*task->process) - since >= kSpin;
  });
  if (!long_enough) return false;
  const bool idle = std::ranges::all_of(running, [&](const Task* task) {
    return BytesMoved(task->process->host) == spinners.at(task->process->index).moved;
  });
  if (!idle) Begin(running, sleeping);
  return idle;
}

Duration SpinTest::Spun() const {
  if (!window_ || window_->spinners.empty()) return {};
  Duration least = Duration::max();
  for (const auto& [process, spinner] : window_->spinners)
    least = std::min(least, Tracer::ProcessorTimeOf(tracer_.process(process)) - spinner.begin);
  return least;
}

void SpinTest::Forget() {
  if (!window_) return;
  for (auto& [process, spinner] : window_->spinners)
    spinner.processor = Tracer::ProcessorTimeOf(tracer_.process(process));
}

// The same run and the same sleep as at its beginning, and who sleeps has slept since.
bool SpinTest::Holds(const std::vector<Task*>& running, const std::vector<Task*>& sleeping) const {
  const auto& counts = window_->run_counts;
  const bool asleep = std::ranges::all_of(sleeping, [&](Task* task) {
    const auto count = counts.find(task->host.value);
    return count != counts.end() && count->second == RunCount(*task);
  });
  return asleep && std::ranges::all_of(running, [&](const Task* task) {
           return !counts.contains(task->host.value) &&
                  window_->spinners.contains(task->process->index);
         });
}

void SpinTest::Begin(const std::vector<Task*>& running, const std::vector<Task*>& sleeping) {
  Window& window = window_.emplace();
  for (Task* task : sleeping) window.run_counts[task->host.value] = RunCount(*task);
  for (const Task* task : running) {
    const Process& process = *task->process;
    const Duration now = Tracer::ProcessorTimeOf(process);
    window.spinners[process.index] = {
        .begin = now, .processor = now, .moved = BytesMoved(process.host)};
  }
}

void IdleTest::Look() {
  if (std::exchange(effects_, tracer_.effects()) != tracer_.effects()) {
    // Most likely the next look finds another: to measure only then costs who works nothing.
    idlers_.clear();
    return;
  }
  for (const Process& process : tracer_.processes()) {
    if (process.ended || !process.begun) continue;
    const auto [idler, fresh] = idlers_.try_emplace(process.index);
    const Duration now = Tracer::ProcessorTimeOf(process);
    // Who was not given a processor has moved nothing.
    if (!fresh && std::exchange(idler->second.looked, now) == now) continue;
    std::string moved = BytesMoved(process.host);
    if (!fresh && idler->second.moved == moved) continue;
    idler->second = {.processor = now, .looked = now, .moved = std::move(moved)};
  }
}

Duration IdleTest::SpunFor(const Process& process) const {
  const auto idler = idlers_.find(process.index);
  if (idler == idlers_.end() || effects_ != tracer_.effects()) return Duration::zero();
  if (BytesMoved(process.host) != idler->second.moved) return Duration::zero();
  return Tracer::ProcessorTimeOf(process) - idler->second.processor;
}

}  // namespace plumbline::trace
