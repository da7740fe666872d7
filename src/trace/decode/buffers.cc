// SPDX-License-Identifier: MIT
#include "trace/decode/buffers.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <algorithm>

namespace plumbline::trace::decode {
namespace {

// As many pieces as are looked at for first bytes.
constexpr uint64_t kMostPieces = 16;

// The kernel's limit of messages in one call (UIO_MAXIOV).
constexpr uint64_t kMostMessages = 1024;

}  // namespace

Buffer::Buffer(const Row& row, const Entry& entry, HostPid task, uint64_t result)
    : task_(task), moved_(result) {
  for (size_t i = 0; i < row.arguments.size(); ++i) {
    const uint64_t address = entry.args[i];
    switch (row.arguments[i].as) {
      case As::kBuffer:
        pieces_.push_back({address, entry.args[i + 1]});
        had_room_ = entry.args[i + 1] > 0;
        return;
      case As::kVector:
        AddVector(address, entry.args[i + 1], result);
        return;
      case As::kMessage:
        if (const auto message = ReadValue<msghdr>(task, address)) AddMessage(*message, result);
        return;
      case As::kMessages: {
        moved_ = 0;
        for (const mmsghdr& message :
             ReadArray<mmsghdr>(task, address, std::min(result, kMostMessages))) {
          moved_ += message.msg_len;
          AddMessage(message.msg_hdr, message.msg_len);
        }
        return;
      }
      default:
        break;
    }
  }
}

void Buffer::AddVector(uint64_t address, uint64_t count, uint64_t filled) {
  if (pieces_.size() >= kMostPieces) return;
  for (const iovec& piece : ReadArray<iovec>(task_, address, std::min(count, kMostPieces))) {
    const uint64_t size = std::min<uint64_t>(piece.iov_len, filled);
    pieces_.push_back({reinterpret_cast<uint64_t>(piece.iov_base), size});
    filled -= size;
  }
}

void Buffer::AddMessage(const msghdr& message, uint64_t filled) {
  AddVector(reinterpret_cast<uint64_t>(message.msg_iov), message.msg_iovlen, filled);
}

std::string Buffer::First(size_t limit) const {
  std::string bytes;
  limit = std::min<uint64_t>(limit, moved_);
  for (const Piece& piece : pieces_) {
    if (bytes.size() >= limit) break;
    bytes += ReadMemory(task_, piece.address, std::min<uint64_t>(piece.size, limit - bytes.size()));
  }
  return bytes;
}

bool OnlyLooks(const Entry& entry) {
  switch (entry.number) {
    case SYS_recvfrom:
    case SYS_recvmmsg:
      return (entry.args[3] & MSG_PEEK) != 0;
    case SYS_recvmsg:
      return (entry.args[2] & MSG_PEEK) != 0;
    default:
      return false;
  }
}

}  // namespace plumbline::trace::decode
