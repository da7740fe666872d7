// SPDX-License-Identifier: MIT
// What the supervisor and init say to each other: one message is a string of numbers and texts,
// with descriptors beside it (SCM_RIGHTS, unix(7)), on a SOCK_SEQPACKET pair. A long message
// travels in a memfd, so its size has no bound by socket buffers.
//
//   Send(socket, Packer().Number(7).Text("/lab/words").bytes(), descriptors);
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "base/units.h"

namespace plumbline::sandbox {

class Packer {
 public:
  Packer& Number(uint64_t number);
  Packer& Signed(int64_t number) { return Number(static_cast<uint64_t>(number)); }
  Packer& Text(std::string_view text);
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads what a Packer wrote. What is not there reads as 0 or "", and ok() is false from then on.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
  uint64_t Number();
  int Int() { return static_cast<int>(static_cast<int64_t>(Number())); }
  // Borrowed from the message.
  std::string_view Text();
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

struct Message {
  std::string bytes;
  std::vector<UniqueFd> descriptors;
};

Status Send(int socket, std::string_view bytes, std::span<const int> descriptors = {});
// Waits for one message; nothing at the end of the conversation. Descriptors are close-on-exec.
Result<std::optional<Message>> Receive(int socket);

// A SOCK_SEQPACKET pair, close-on-exec.
struct SocketPair {
  UniqueFd ours;
  UniqueFd theirs;
};
Result<SocketPair> MakeSocketPair();

// A file in memory with this content, for a child or another process to read; of a fixed size, and
// nobody who has not mapped it yet can write to it any more. memfd_create(2), F_ADD_SEALS(2const).
Result<UniqueFd> MemoryFile(std::string_view content);
// All of such a file; an error where the memory has not those seals, or is larger than `most`. It
// is copied: who has it mapped can write to it.
Result<std::string> ReadMemoryFile(int fd, Bytes most);

}  // namespace plumbline::sandbox
