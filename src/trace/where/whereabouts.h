// SPDX-License-Identifier: MIT
// Where in the student's source things happened. While programs run, only addresses are kept; their
// lines are looked up once a run, when all is over.
//
//   const Trail trail = whereabouts.Of(task);       // at a stop
//   whereabouts.Note(journal.Add(...), trail);
//   ...
//   whereabouts.Tell(recording);                    // sets Event::where and Blocked::where
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "record/recording.h"
#include "trace/process.h"
#include "trace/where/image.h"
#include "trace/where/trail.h"
#include "trace/where/unwind.h"

namespace plumbline::trace::where {

class Whereabouts {
 public:
  // What is remembered of earlier runs; `known` outlives it.
  void Remember(KnownFiles& known) { library_.Remember(known); }

  // The calls that a stopped task is in. kNoTrail if its program is not the student's. Costs a look
  // at its registers and one at its stack.
  Trail Of(const Task& task) { return At(task, task.call.number); }
  // And of one that a signal has stopped.
  Trail OfInterrupted(const Task& task) { return At(task, kSignal); }
  // And of one that a fault of its own ends: the whole stack.
  Trail OfCrashed(const Task& task) { return At(task, kCrash); }
  // Of a task that sleeps in a call and was not stopped.
  Trail OfSleeper(const Task& task, const Entry& entry);

  // What a handler that this stopped task is in calls; nothing: it is in none. Costs a look at the
  // whole stack.
  std::optional<Trail> OfHandler(const Task& task);
  // Of a handler that is in a call: the function of the system's that it called for it, and that is
  // not safe there (signal-safety(7)). Nothing: none, or it is not known. Costs the same.
  struct Unsafe {
    std::string function;
    Trail trail = kNoTrail;
  };
  std::optional<Unsafe> UnsafeOfHandler(const Task& task);
  // Of a Python program: Python::KeepsTrack.
  bool KeepsTrack(const Task& task);
  // A place in the student's code: where a function begins, an instruction.
  Trail OfAddress(const Task& task, uint64_t address);
  // What handlers are watched by; nullptr: its program is not the student's, or none is compiled.
  const Watch* WatchOf(const Task& task);
  // Where its thread has errno; nothing: that is not known.
  std::optional<uint64_t> ErrnoOf(const Task& task);

  // Its program is compiled, and the student's.
  bool IsNative(const Task& task);
  // This address is in a file that came with the program.
  bool IsOfStudent(const Task& task, uint64_t address);
  // Where the library that this stopped task is in returns to such a file; nothing: nowhere.
  std::optional<uint64_t> ReturnOf(const Task& task);

  // `event`: its index in the recording, or -1.
  void Note(int event, Trail trail);
  // What was noted for an event.
  Trail Noted(int event) const;
  // The outermost of the calls is meant: what the handler itself does.
  void NoteOutermost(int event, Trail trail);
  // `event` is the end of a process that crashed there.
  void NoteCrash(int event, Trail trail);
  void NoteBlocked(const std::string& snapshot, record::ProcessIndex process, Pid tid, Trail trail);
  // Of something else of the recording: where its place is told.
  using Told = std::function<std::optional<record::Location>&(record::Recording&)>;
  void NoteIn(Told told, Trail trail);

  // Looks it up at once: for the few who cannot wait until all is over.
  std::optional<record::Location> WhereIs(Trail trail);
  // Looks up what was noted.
  void Tell(record::Recording& recording);

 private:
  static constexpr int kSignal = -1;  // in the place of a call's number
  static constexpr int kCrash = -2;
  using Frames = std::vector<Spot>;
  Trail At(const Task& task, int call);
  static Image& ImageOf(const Task& task);
  Trail Follow(const Task& task, const Start& start);
  std::optional<HandlerStack> StackOfHandler(const Task& task);
  Trail Number(Frames frames);
  Trail Number(const std::optional<record::Location>& location);
  // Of an interpreter's program in this call, or after it; `thread`: its pthread_self(3), or 0 if
  // that is not known.
  Trail InScript(const Task& task, int call, uint64_t thread);
  Trail InShell(const Task& task, int call);
  void LookUp();
  // In a source of the student's, the innermost first.
  std::vector<record::Location> LocationsOf(Trail trail) const;

  struct Sleeper {
    std::string snapshot;
    record::ProcessIndex process;
    Pid tid;
    Trail trail;
  };
  Library library_;
  using Line = std::tuple<std::string, int, std::string>;
  std::map<Frames, Trail> numbers_;
  std::map<Line, Trail> lines_;
  std::vector<std::variant<const Frames*, record::Location>> trails_;  // by number
  std::vector<std::pair<int, Trail>> events_;
  std::vector<std::pair<int, Trail>> outermost_;
  std::vector<std::pair<int, Trail>> crashes_;
  std::vector<Sleeper> sleepers_;
  std::vector<std::pair<Told, Trail>> others_;
  std::map<Trail, std::optional<record::Location>> known_;  // of those looked up at once
};

}  // namespace plumbline::trace::where
