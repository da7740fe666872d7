// SPDX-License-Identifier: MIT
// Lines of the student's source that a finding can name. Nothing where none is known: a program of
// the system's, or one without debug information.
#pragma once

#include <optional>

#include "evaluate/plumbing.h"
#include "evaluate/scene.h"
#include "record/recording.h"

namespace plumbline::evaluate {

// Where a process waits: of its first thread that waits in a line of the source.
std::optional<record::Location> WaitsAt(const record::Snapshot& at, record::ProcessIndex process);

// Where a process was made: the fork() by which it inherited what it did not make itself.
std::optional<record::Location> BornAt(const Scene& scene, record::ProcessIndex process);

// Where a process got a descriptor: the call of its own that made or copied it, else its birth.
std::optional<record::Location> GotAt(const Scene& scene, const Holding& holding, int object,
                                      const record::Snapshot& at);

// Where the object itself was made, by whomever.
std::optional<record::Location> MadeAt(const Scene& scene, int object);

}  // namespace plumbline::evaluate
