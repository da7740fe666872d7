// SPDX-License-Identifier: MIT
// What a supervisor and the program take from each other: any documents and frames are values or
// errors, and what was read is written and read again as the same.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/unique_fd.h"
#include "scenario/plan_codec.h"
#include "scenario/protocol.h"

namespace {

using namespace plumbline;

template <typename Value>
void CheckDocument(Result<Value> (*decode)(std::string_view), std::string_view bytes) {
  const auto value = decode(bytes);
  if (!value) {
    CHECK(!value.error().message.empty());
    return;
  }
  const std::string written = scenario::Encode(*value);
  const auto again = decode(written);
  CHECK(again && scenario::Encode(*again) == written);
}

// The header as it comes, the rest as what it brings along: sealed, as frames of ours are.
UniqueFd SentAs(std::string_view header, std::string_view payload) {
  int ends[2];
  CHECK(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0);
  UniqueFd ours(ends[0]);
  const UniqueFd theirs(ends[1]);
  const UniqueFd memory(::memfd_create("frame", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  CHECK(::write(memory.get(), payload.data(), payload.size()) ==
        static_cast<ssize_t>(payload.size()));
  CHECK(::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_SHRINK | F_SEAL_GROW) == 0);
  iovec data{const_cast<char*>(header.data()), header.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  cmsghdr* const rights = CMSG_FIRSTHDR(&message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  const int fd = memory.get();
  std::memcpy(CMSG_DATA(rights), &fd, sizeof(fd));
  CHECK(::sendmsg(theirs.get(), &message, MSG_NOSIGNAL) >= 0);
  return ours;
}

// Half of the headers say how large the rest is, or nothing beyond them would ever be read.
std::string HeaderFor(std::string_view bytes, uint64_t size) {
  std::string header(bytes.substr(0, 16));
  if (header.size() == 16 && (header[6] & 1) != 0) std::memcpy(header.data() + 8, &size, 8);
  return header;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckDocument<build::Request>(&scenario::DecodeRequest, bytes);
  CheckDocument<build::Report>(&scenario::DecodeReport, bytes);
  CheckDocument<scenario::Plan>(&scenario::DecodePlan, bytes);
  CheckDocument<Error>(&scenario::DecodeError, bytes);

  const std::string_view payload = bytes.substr(std::min<size_t>(size, 16));
  const std::string header = HeaderFor(bytes, payload.size());
  if (const auto task = scenario::ReceiveTask(SentAs(header, payload).get()); !task)
    CHECK(!task.error().message.empty());
  if (const auto answer = scenario::ReceiveAnswer(SentAs(header, payload).get()); !answer)
    CHECK(!answer.error().message.empty());
  return 0;
}
