// SPDX-License-Identifier: MIT
// The bytes that a call moved: how many, and the first of them, wherever the call's arguments say
// that they are.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/pid.h"
#include "trace/decode/table.h"
#include "trace/ptrace.h"

namespace plumbline::trace::decode {

// Of a call of the roles kRead and kWrite that succeeded.
class Buffer {
 public:
  // `result`: what the call returned. Reads the task's memory only as far as is needed.
  Buffer(const Row& row, const Entry& entry, HostPid task, uint64_t result);

  // recvmmsg(2) and sendmmsg(2) return a number of messages; this is always bytes.
  uint64_t moved() const { return moved_; }
  // There was room for bytes: a read that returned 0 is the end of the file then.
  bool had_room() const { return had_room_; }
  // At most `limit` of the bytes that were moved; "" for calls that keep them in the kernel.
  std::string First(size_t limit) const;

 private:
  struct Piece {
    uint64_t address = 0;
    uint64_t size = 0;
  };
  // `filled`: so many bytes of all pieces were moved.
  void AddVector(uint64_t address, uint64_t count, uint64_t filled);
  void AddMessage(const msghdr& message, uint64_t filled);

  HostPid task_;
  std::vector<Piece> pieces_;
  uint64_t moved_ = 0;
  bool had_room_ = true;
};

// recv(2) with MSG_PEEK: looks at bytes and leaves them where they are.
bool OnlyLooks(const Entry& entry);

}  // namespace plumbline::trace::decode
