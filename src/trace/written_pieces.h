// SPDX-License-Identifier: MIT
// In which pieces the bytes were written that can be read from a pipe or from a UNIX stream: what
// one end of a stream is written comes out at the other (unix(7)). Objects by their number in the
// recording.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/pid.h"
#include "record/event.h"

namespace plumbline::trace {

class WrittenPieces {
 public:
  // socketpair(2).
  void NotePair(int one, int other);
  // listen(2), connect(2), accept(2) of a stream that has this name. Connections come out of the
  // queue of who listens in the order in which they were made.
  void NoteListening(const std::string& name) { queues_.erase(name); }
  void NoteConnected(int object, HostPid by, const std::string& name);
  void NoteAccepted(int object, HostPid connected_by, const std::string& name);
  // `between_descriptors`: the call moved bytes that the program had not in its memory.
  void Note(const record::Transfer& transfer, bool between_descriptors);

  bool HasOtherEnd(int object) const { return other_ends_.contains(object); }
  // Where what comes out of it is written: the other end, else the same object.
  int SourceOf(int object) const;
  // Of the bytes that nobody has read yet: how many each write(2) put there. Nothing if that is not
  // known.
  std::optional<std::deque<uint64_t>> Of(int object) const;

 private:
  std::map<int, std::deque<uint64_t>> pieces_;  // by the object that was written to
  std::set<int> mixed_;                         // whose pieces are not known
  std::map<int, int> other_ends_;
  // Connected and not yet accepted, by the name that is listened at.
  std::map<std::string, std::deque<std::pair<HostPid, int>>> queues_;
};

}  // namespace plumbline::trace
