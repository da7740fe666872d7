// SPDX-License-Identifier: MIT
// The pure stages, each on an input of the size of a large run.
#include <benchmark/benchmark.h>

#include <string>

#include "base/hash.h"
#include "base/text.h"
#include "graders/builtin.h"
#include "record/recording.h"
#include "spec/loader.h"

namespace plumbline {
namespace {

constexpr int64_t kEvents = 10'000;

std::string MixedText() {
  std::string text;
  while (text.size() < KiB(64).count) text += "plain \x1b[31m ç\u202e \xff line\n";
  return text;
}

record::Recording LongRecording() {
  record::Recording recording;
  recording.outcome = record::Outcome::kExited;
  recording.processes.push_back({.pid = {2}, .started_as = "submission"});
  for (int64_t i = 0; i < kEvents; ++i) {
    record::Event event;
    event.actor = 0;
    event.what = record::Call{.name = "openat", .family = "open", .args = {{"path", "/lab/words"}}};
    recording.events.push_back(std::move(event));
  }
  return recording;
}

void EscapeText(benchmark::State& state) {
  const std::string text = MixedText();
  for (auto _ : state) benchmark::DoNotOptimize(Escaped(text, text.size()));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(EscapeText);

void HashText(benchmark::State& state) {
  const std::string text(MiB(1).count, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(Hasher().Add(text).Finish());
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(HashText);

void SaveRecording(benchmark::State& state) {
  const record::Recording recording = LongRecording();
  for (auto _ : state) benchmark::DoNotOptimize(record::ToCbor(recording));
  state.SetItemsProcessed(state.iterations() * kEvents);
}
BENCHMARK(SaveRecording);

void LoadRecording(benchmark::State& state) {
  const std::string bytes = record::ToCbor(LongRecording());
  for (auto _ : state) {
    const auto recording = record::FromCbor(bytes);
    if (!recording) state.SkipWithError(recording.error().message.c_str());
    benchmark::DoNotOptimize(recording);
  }
  state.SetItemsProcessed(state.iterations() * kEvents);
}
BENCHMARK(LoadRecording);

void LoadExercise(benchmark::State& state) {
  for (auto _ : state) {
    const auto loaded = spec::Load(PLUMBLINE_EXERCISE, graders::KindTables());
    if (!loaded.ok()) state.SkipWithError("the exercise has mistakes");
    benchmark::DoNotOptimize(loaded);
  }
}
BENCHMARK(LoadExercise);

}  // namespace
}  // namespace plumbline

BENCHMARK_MAIN();
