// SPDX-License-Identifier: MIT
// One of the grader's ends of a stream between it and a program: what is to be sent, piece by
// piece, and how the other side left. Never waits: Serve() does what can be done now.
#pragma once

#include <deque>
#include <functional>
#include <string>

#include "base/unique_fd.h"
#include "record/snapshot.h"

namespace plumbline::scenario {

class Channel {
 public:
  enum class Kind { kPipe, kFifo, kTcp, kUnix, kTerminal };

  // `fd`: non-blocking, owned. `reads`: it is open for
  // reading (too).
  Channel(std::string name, Kind kind, UniqueFd fd, bool reads);

  const std::string& name() const { return name_; }
  Kind kind() const { return kind_; }
  int fd() const { return fd_.get(); }
  bool open() const { return fd_.valid(); }
  bool reads() const { return reads_; }
  bool is_socket() const { return kind_ == Kind::kTcp || kind_ == Kind::kUnix; }

  // Cut into `pieces` of nearly equal size; each goes when the former was read.
  void Send(std::string_view bytes, int pieces = 1);
  // After what was sent.
  void Shutdown() { shutdown_ = true; }
  void Close() { close_ = true; }
  bool closing() const { return close_; }
  // At once: what was not sent is lost. A socket's other side gets a RST (SO_LINGER, socket(7)).
  void Reset();

  // Sends what is taken now. True if anything moved. `has_unread`: the other side has not read all
  // that it was sent (asked only between pieces).
  bool Serve(const std::function<bool(const Channel&)>& has_unread);
  bool has_more_to_send() const { return !pieces_.empty(); }

  // Reads at most `most` bytes of what has come. Empty: nothing now, or ended().
  std::string Read(size_t most);
  // The other side sends no more, and all that it sent was read.
  bool ended() const { return end_read_; }
  bool was_reset() const { return reset_; }

  // How the other side has left it, without taking anything. `other_end_is_held`: some process
  // still has the other end open (tells a half-closed socket from a closed one).
  record::Ended Look(const std::function<bool(const Channel&)>& other_end_is_held);

 private:
  void NoteSocketError();
  void Leave();

  std::string name_;
  Kind kind_;
  UniqueFd fd_;
  bool reads_;
  std::deque<std::string> pieces_;
  size_t sent_ = 0;  // of the first piece
  bool shutdown_ = false;
  bool close_ = false;
  bool end_read_ = false;
  bool reset_ = false;
  record::Ended last_look_ = record::Ended::kOpen;
};

}  // namespace plumbline::scenario
