// SPDX-License-Identifier: MIT
#include "scenario/unix_ends.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace plumbline::scenario {
namespace {

struct Question {
  nlmsghdr header{};
  unix_diag_req about{};
};

Question AboutSocket(uint64_t inode) {
  Question question;
  question.header.nlmsg_len = sizeof question;
  question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.about.sdiag_family = AF_UNIX;
  question.about.udiag_states = ~0U;
  question.about.udiag_ino = static_cast<uint32_t>(inode);
  question.about.udiag_show = UDIAG_SHOW_PEER;
  question.about.udiag_cookie[0] = question.about.udiag_cookie[1] = ~0U;  // any
  return question;
}

// An answer is a header, a unix_diag_msg, and attributes.
std::optional<uint64_t> PeerIn(const char* answer, size_t size) {
  nlmsghdr header{};
  if (size < sizeof header) return std::nullopt;
  std::memcpy(&header, answer, sizeof header);
  if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY) return std::nullopt;  // an error, as NLMSG_ERROR
  size_t at = NLMSG_LENGTH(sizeof(unix_diag_msg));
  while (at + sizeof(rtattr) <= size) {
    rtattr attribute{};
    std::memcpy(&attribute, answer + at, sizeof attribute);
    uint32_t inode = 0;
    if (attribute.rta_type == UNIX_DIAG_PEER && at + RTA_LENGTH(sizeof inode) <= size) {
      std::memcpy(&inode, answer + at + RTA_LENGTH(0), sizeof inode);
      return inode == 0 ? std::nullopt : std::optional<uint64_t>(inode);
    }
    if (attribute.rta_len < sizeof attribute) break;
    at += RTA_ALIGN(attribute.rta_len);
  }
  return std::nullopt;
}

}  // namespace

Result<UnixEnds> UnixEnds::Open(sandbox::Sandbox& box) {
  TRY_ASSIGN(UniqueFd diagnosis, box.OpenDiagnosis());
  return UnixEnds(std::move(diagnosis));
}

std::optional<uint64_t> UnixEnds::OtherEndOf(int socket) const {
  struct stat info{};
  if (::fstat(socket, &info) < 0) return std::nullopt;
  const Question question = AboutSocket(info.st_ino);
  if (::send(diagnosis_.get(), &question, sizeof question, 0) < 0) return std::nullopt;
  alignas(nlmsghdr) std::array<char, 8192> answer;
  ssize_t size = 0;
  do {
    size = ::recv(diagnosis_.get(), answer.data(), answer.size(), 0);
  } while (size < 0 && errno == EINTR);
  return size < 0 ? std::nullopt : PeerIn(answer.data(), static_cast<size_t>(size));
}

}  // namespace plumbline::scenario
