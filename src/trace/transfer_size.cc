// SPDX-License-Identifier: MIT
#include "trace/transfer_size.h"

#include <limits.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include <cstddef>

namespace plumbline::trace {
namespace {

// The pieces of memory of one call, and where their number stands.
struct Pieces {
  uint64_t address = 0;
  std::vector<iovec> all;
  std::optional<uint64_t> number_at;  // else it is argument 2
};

std::optional<Pieces> PiecesAt(HostPid task, uint64_t address, uint64_t count) {
  if (count > IOV_MAX) return std::nullopt;
  Pieces pieces{.address = address, .all = ReadArray<iovec>(task, address, count), .number_at = {}};
  if (pieces.all.size() != count) return std::nullopt;
  return pieces;
}

std::optional<Pieces> PiecesOf(HostPid task, const Entry& call) {
  switch (call.number) {
    case SYS_readv:
    case SYS_writev:
      return PiecesAt(task, call.args[1], call.args[2]);
    case SYS_recvmsg:
    case SYS_sendmsg: {
      const auto message = ReadValue<msghdr>(task, call.args[1]);
      if (!message) return std::nullopt;
      auto pieces =
          PiecesAt(task, reinterpret_cast<uint64_t>(message->msg_iov), message->msg_iovlen);
      if (pieces) pieces->number_at = call.args[1] + offsetof(msghdr, msg_iovlen);
      return pieces;
    }
    default:
      return std::nullopt;
  }
}

bool TellsLength(int call) {
  return call == SYS_read || call == SYS_write || call == SYS_recvfrom || call == SYS_sendto;
}

}  // namespace

std::optional<uint64_t> BytesAsked(HostPid task, const Entry& call) {
  if (TellsLength(call.number)) return call.args[2];
  const auto pieces = PiecesOf(task, call);
  if (!pieces) return std::nullopt;
  uint64_t bytes = 0;
  for (const iovec& piece : pieces->all) bytes += piece.iov_len;
  return bytes;
}

std::optional<Shorter> ShorterCall(HostPid task, const Entry& call, uint64_t bytes) {
  if (TellsLength(call.number)) {
    if (call.args[2] <= bytes) return std::nullopt;
    return Shorter{.arguments = {{2, bytes}}, .words = {}};
  }
  const auto pieces = PiecesOf(task, call);
  if (!pieces) return std::nullopt;
  // The piece in which it ends becomes the last one, and that much shorter.
  for (size_t i = 0; i < pieces->all.size(); ++i) {
    const uint64_t length = pieces->all[i].iov_len;
    if (length < bytes || (length == bytes && i + 1 == pieces->all.size())) {
      bytes -= length;
      continue;
    }
    Shorter shorter;
    shorter.words.emplace_back(pieces->address + i * sizeof(iovec) + offsetof(iovec, iov_len),
                               bytes);
    if (pieces->number_at)
      shorter.words.emplace_back(*pieces->number_at, i + 1);
    else
      shorter.arguments.emplace_back(2, i + 1);
    return shorter;
  }
  return std::nullopt;
}

}  // namespace plumbline::trace
