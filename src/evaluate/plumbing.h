// SPDX-License-Identifier: MIT
// Who holds which end of what at a snapshot, and where it came from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/finding.h"
#include "evaluate/scene.h"
#include "record/recording.h"

namespace plumbline::evaluate {

enum class End { kRead, kWrite };

struct Holding {
  record::ProcessIndex process = 0;
  int fd = 0;
};

bool IsEnd(const record::Descriptor& descriptor, End end);
// All descriptors of all processes that are this end of the object, by birth.
std::vector<Holding> Holders(const record::Snapshot& at, int object, End end);

// The other end of a pair of sockets or of a connection between two processes of the run; 0 if
// unknown. Of a pipe or FIFO both ends are the same object.
int OtherEndOf(const Scene& scene, int object, const record::Snapshot& at);

// The call that made the object, and the one by which this process got this descriptor (its own
// pipe(), dup2(), open()...; nothing if it was born with it).
const record::Event* MakerOf(const Scene& scene, int object);
const record::Event* GotBy(const Scene& scene, const Holding& holding, int object,
                           const record::Snapshot& at);

// "main.c:14".
std::string PlaceOf(const record::Location& where);
// "pipe() at main.c:14" or "pipe() in your program": where the object comes from. Empty if unknown.
Message OriginOf(const Scene& scene, int object, const record::Snapshot& at);
// The name that a program knows a call by: "pipe" for pipe2, "wait" for wait4, "open" for openat.
std::string CallAsWritten(const std::string& call);

// "{who} still holds the write end of {pipe}, descriptor 4, made by pipe() at main.c:14."
Message StillHolds(const Scene& scene, const Holding& holding, int object, End end,
                   const record::Snapshot& at);

}  // namespace plumbline::evaluate
