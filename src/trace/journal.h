// SPDX-License-Identifier: MIT
// Writes a Recording while the run goes on: numbers what appears, puts reads and writes together,
// keeps the whole bounded.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "base/pid.h"
#include "record/recording.h"

namespace plumbline::trace {

class Journal {
 public:
  explicit Journal(record::Recording& recording) : recording_(recording) {}

  // Returns the event's index, or -1 once the recording is full.
  int Add(record::ProcessIndex actor, Pid tid, record::Happening what);
  // Nothing more is kept.
  bool full() const { return full_; }
  // Adds to the burst on this descriptor, or begins one; the event's index, or -1.
  int AddTransfer(record::ProcessIndex actor, Pid tid, const record::Transfer& transfer);
  // A transfer of this kind would add to a burst.
  bool InBurst(record::ProcessIndex actor, int fd, record::Transfer::Way way) const {
    return bursts_.contains({actor, fd, way});
  }
  // How many more first bytes of that burst are wanted.
  size_t RoomForFirst(record::ProcessIndex actor, int fd, record::Transfer::Way way) const;
  // What was read or written so far on this descriptor is a burst of its own.
  void EndBursts(record::ProcessIndex actor, int fd);
  void EndBursts(record::ProcessIndex actor);
  void EndAllBursts() { bursts_.clear(); }

  // The stream's bytes came; kept up to `limit`.
  void AddOutput(const std::string& stream, std::string_view bytes, Bytes limit);

  // The number of what descriptor `fd` of a process refers to; 0 if it is not open. What has no
  // inode of its own (eventfd, epoll set ...) is known again by `known`, the number that it had
  // here.
  int ObjectAt(HostPid process, int fd, int known = 0);
  // A new number for what was just made and has no inode of its own; 0 if it is gone.
  int FreshObject(HostPid process, int fd);
  // Of an object known by its kernel name ("pipe:[123]") or by device and inode of our own
  // descriptor.
  int ObjectOf(int own_descriptor);
  void SetRole(int object, const std::string& role);

  int memory(const std::string& key);

  void set_time(Duration time) { time_ = std::chrono::floor<std::chrono::milliseconds>(time); }
  Duration time() const { return time_; }
  record::Recording& recording() { return recording_; }
  const record::Recording& recording() const { return recording_; }

 private:
  int NewObject(record::ObjectKind kind, const std::string& name);
  int ObjectBehind(const char* path, int known);
  int AnonymousObject(const std::string& link, int known);
  bool Fits(const record::Happening& what);

  record::Recording& recording_;
  Duration time_{};
  using Key = std::pair<uint64_t, uint64_t>;  // device and inode
  std::map<Key, int> objects_;
  std::map<std::string, int> anonymous_;
  std::map<std::string, int> memories_;
  std::map<std::tuple<record::ProcessIndex, int, record::Transfer::Way>, int> bursts_;
  size_t text_ = 0;  // bytes of text in events
  bool full_ = false;
};

}  // namespace plumbline::trace
