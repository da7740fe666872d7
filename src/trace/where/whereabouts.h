// SPDX-License-Identifier: MIT
// Where in the student's source things happened. While programs run, only addresses are kept; their
// lines are looked up once a run, when all is over.
//
//   const Trail trail = whereabouts.Of(task);       // at a stop
//   whereabouts.Note(journal.Add(...), trail);
//   ...
//   whereabouts.Tell(recording);                    // sets Event::where and Blocked::where
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "record/recording.h"
#include "trace/process.h"
#include "trace/where/image.h"
#include "trace/where/trail.h"
#include "trace/where/unwind.h"

namespace plumbline::trace::where {

class Whereabouts {
 public:
  // The calls that a stopped task is in. kNoTrail if its program is not the student's. Costs a look
  // at its registers and one at its stack.
  Trail Of(const Task& task);
  // Of a task that sleeps in a call and was not stopped.
  Trail OfSleeper(const Task& task, const Entry& entry);

  // `event`: its index in the recording, or -1.
  void Note(int event, Trail trail);
  void NoteBlocked(const std::string& snapshot, record::ProcessIndex process, Pid tid, Trail trail);

  // Looks up what was noted.
  void Tell(record::Recording& recording) const;

 private:
  using Frames = std::vector<Spot>;
  Image* ImageOf(const Task& task);
  Trail Follow(const Task& task, const Start& start);
  Trail Number(Frames frames);

  struct Sleeper {
    std::string snapshot;
    record::ProcessIndex process;
    Pid tid;
    Trail trail;
  };
  Library library_;
  std::map<Frames, Trail> numbers_;
  std::vector<const Frames*> trails_;
  std::vector<std::pair<int, Trail>> events_;
  std::vector<Sleeper> sleepers_;
};

}  // namespace plumbline::trace::where
