// SPDX-License-Identifier: MIT
#include "evaluate/places.h"

namespace plumbline::evaluate {

using record::Location;

std::optional<Location> WaitsAt(const record::Snapshot& at, record::ProcessIndex process) {
  for (const record::ProcessStateAt& state : at.processes) {
    if (state.process != process) continue;
    for (const record::Thread& thread : state.threads) {
      if (thread.blocked && thread.blocked->where) return thread.blocked->where;
    }
  }
  return std::nullopt;
}

std::optional<Location> BornAt(const Scene& scene, record::ProcessIndex process) {
  const record::Recording& recording = scene.recording();
  if (process < 0 || static_cast<size_t>(process) >= recording.processes.size())
    return std::nullopt;
  const int born = recording.processes[static_cast<size_t>(process)].born;
  if (born < 0 || static_cast<size_t>(born) >= recording.events.size()) return std::nullopt;
  return recording.events[static_cast<size_t>(born)].where;
}

std::optional<Location> GotAt(const Scene& scene, const Holding& holding, int object,
                              const record::Snapshot& at) {
  const record::Event* got = GotBy(scene, holding, object, at);
  return got != nullptr ? got->where : BornAt(scene, holding.process);
}

std::optional<Location> MadeAt(const Scene& scene, int object) {
  const record::Event* maker = MakerOf(scene, object);
  return maker != nullptr ? maker->where : std::nullopt;
}

}  // namespace plumbline::evaluate
