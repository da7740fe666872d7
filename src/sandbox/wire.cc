// SPDX-License-Identifier: MIT
#include "sandbox/wire.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "base/io.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

namespace plumbline::sandbox {
namespace {

// The first byte of each message: where the rest is.
enum Form : char { kInline = 'i', kInMemory = 'm' };
// Well below net.core.wmem_default.
constexpr size_t kMostInline = 48 << 10;
constexpr size_t kMostDescriptors = 16;
constexpr Bytes kMostInMemory = MiB(4096);
// F_SEAL_WRITE would fail (EBUSY) while the kernel moves one of the pages, as it does on a machine
// that is short of large ones.
constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE;

Status SendBytes(int socket, std::string_view bytes, std::span<const int> descriptors) {
  CHECK(descriptors.size() <= kMostDescriptors);
  iovec part{const_cast<char*>(bytes.data()), bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * kMostDescriptors)> control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (!descriptors.empty()) {
    header.msg_control = control.data();
    header.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(rights), descriptors.data(), descriptors.size_bytes());
  }
  while (::sendmsg(socket, &header, MSG_NOSIGNAL) < 0) {
    if (errno != EINTR) return ErrnoError("sendmsg");
  }
  return {};
}

std::vector<UniqueFd> DescriptorsOf(msghdr& header) {
  std::vector<UniqueFd> descriptors;
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(part) + i * sizeof(int), sizeof(int));
      descriptors.emplace_back(fd);
    }
  }
  return descriptors;
}

}  // namespace

Result<std::string> ReadMemoryFile(int fd, Bytes most) {
  const int seals = ::fcntl(fd, F_GET_SEALS);
  if (seals < 0 || (seals & kSeals) != kSeals) return Fail("the memory is not sealed");
  struct stat info{};
  if (::fstat(fd, &info) < 0) return ErrnoError("fstat");
  if (static_cast<uint64_t>(info.st_size) > most.count)
    return Fail("the memory is larger than " + ToString(most));
  std::string content(static_cast<size_t>(info.st_size), '\0');
  size_t done = 0;
  while (done < content.size()) {
    const ssize_t count =
        ::pread(fd, content.data() + done, content.size() - done, static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return ErrnoError("pread");
    if (count == 0) return Fail("a message was cut");
    done += static_cast<size_t>(count);
  }
  return content;
}

Packer& Packer::Number(uint64_t number) {
  bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
  return *this;
}

Packer& Packer::Text(std::string_view text) {
  Number(text.size());
  bytes_.append(text);
  return *this;
}

uint64_t Unpacker::Number() {
  uint64_t number = 0;
  if (rest_.size() < sizeof number) {
    ok_ = false;
    rest_ = {};
    return 0;
  }
  std::memcpy(&number, rest_.data(), sizeof number);
  rest_.remove_prefix(sizeof number);
  return number;
}

std::string_view Unpacker::Text() {
  const uint64_t size = Number();
  if (rest_.size() < size) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view text = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return text;
}

Result<SocketPair> MakeSocketPair() {
  std::array<int, 2> fds{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds.data()) < 0)
    return ErrnoError("socketpair");
  return SocketPair{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

Result<UniqueFd> MemoryFile(std::string_view content) {
  constexpr unsigned kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  UniqueFd memory(::memfd_create("plumbline", kFlags | MFD_NOEXEC_SEAL));
  // Linux before 6.3 does not know the flag.
  if (!memory) memory.Reset(::memfd_create("plumbline", kFlags));
  if (!memory) return ErrnoError("memfd_create");
  TRY(WriteAll(memory.get(), content));
  if (::fcntl(memory.get(), F_ADD_SEALS, kSeals) < 0) return ErrnoError("fcntl F_ADD_SEALS");
  return memory;
}

Status Send(int socket, std::string_view bytes, std::span<const int> descriptors) {
  if (bytes.size() <= kMostInline)
    return SendBytes(socket, std::string(1, kInline).append(bytes), descriptors);
  TRY_ASSIGN(const UniqueFd memory, MemoryFile(bytes));
  std::vector<int> all(descriptors.begin(), descriptors.end());
  all.push_back(memory.get());
  return SendBytes(socket, std::string(1, kInMemory), all);
}

Result<std::optional<Message>> Receive(int socket) {
  std::array<char, kMostInline + 1> buffer;
  iovec part{buffer.data(), buffer.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * kMostDescriptors)> control;
  msghdr header{};
  ssize_t size = 0;
  do {
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    size = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  // A peer that died with messages unread resets the conversation.
  if (size == 0 || (size < 0 && errno == ECONNRESET)) return std::optional<Message>();
  if (size < 0) return ErrnoError("recvmsg");
  Message message{{}, DescriptorsOf(header)};
  if ((header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) return Fail("a message was cut");
  if (buffer[0] == kInline) {
    message.bytes.assign(buffer.data() + 1, static_cast<size_t>(size) - 1);
    return std::optional(std::move(message));
  }
  if (message.descriptors.empty()) return Fail("a message without its memory");
  const UniqueFd memory = std::move(message.descriptors.back());
  message.descriptors.pop_back();
  TRY_ASSIGN(message.bytes, ReadMemoryFile(memory.get(), kMostInMemory));
  return std::optional(std::move(message));
}

}  // namespace plumbline::sandbox
