// SPDX-License-Identifier: MIT
// A snapshot's plumbing as a value: boxes with ends, and the joints that the ends are of. What
// every drawing is made of.
#pragma once

#include <string>
#include <vector>

#include "evaluate/plumbing.h"
#include "evaluate/scene.h"
#include "report/translator.h"

namespace plumbline::report {

struct PlumbingMap {
  // What joins processes: a pipe or FIFO, two sockets, shared memory. In the order in which the run
  // met them.
  struct Joint {
    enum class Kind { kPipe, kFifo, kSockets, kMemory };
    Kind kind = Kind::kPipe;
    std::string name;  // "pipe A", "the FIFO F", "sockets B"
    int object = 0;    // of kMemory its number there
    int other = 0;     // of kSockets the other one
  };
  // One descriptor.
  struct End {
    int fd = 0;
    bool reads = false;
    bool writes = false;
    int object = 0;
    int joint = -1;  // index into joints; -1: it joins nobody
    std::string name;
    bool spare = false;  // kept open, not used
  };
  struct Box {
    record::ProcessIndex process = 0;
    record::ProcessState state = record::ProcessState::kRunning;
    std::string title;
    // The standard descriptors, and of the others those that join or are sockets.
    std::vector<End> ends;
    std::vector<int> memory;  // joints that it maps
    bool joined = false;      // has an end of a joint
  };

  std::vector<Joint> joints;
  std::vector<Box> boxes;  // every process there, by birth
};

// Texts are safe to show. Ends are marked as spare only where the run observed transfers.
PlumbingMap PlumbingAt(const evaluate::Scene& scene, const record::Snapshot& at,
                       const Translator& translator);

}  // namespace plumbline::report
