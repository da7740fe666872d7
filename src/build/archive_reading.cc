// SPDX-License-Identifier: MIT
#include "build/archive_reading.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string_view>

#include "sandbox/wire.h"

namespace plumbline::build {
namespace {

// Its processor time is bounded; this is for one that does nothing at all.
constexpr std::chrono::seconds kPatience(60);

}  // namespace

Result<ArchiveReading> ArchiveReading::Start(const std::filesystem::path& path,
                                             const ArchiveBounds& bounds) {
  UniqueFd archive(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!archive) return ErrnoError(path.string());
  TRY_ASSIGN(sandbox::SocketPair pair, sandbox::MakeSocketPair());
  int pidfd = -1;
  const long pid = ::syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, nullptr, &pidfd, nullptr, nullptr);
  if (pid == 0) RunArchiveReader(std::move(pair.theirs), std::move(archive), bounds);
  if (pid < 0) return ErrnoError("clone");
  return ArchiveReading(UniqueFd(pidfd), std::move(pair.ours));
}

ArchiveReading::~ArchiveReading() {
  if (!pidfd_) return;
  ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
  siginfo_t ignored{};
  while (::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &ignored, WEXITED) < 0 &&
         errno == EINTR) {
  }
}

std::optional<Said> ArchiveReading::Next() const {
  pollfd source{socket_.get(), POLLIN, 0};
  int ready = -1;
  do {
    ready = ::poll(&source, 1,
                   std::chrono::duration_cast<std::chrono::milliseconds>(kPatience).count());
  } while (ready < 0 && errno == EINTR);
  if (ready <= 0) return std::nullopt;
  std::string message(kMostPiece + 256, '\0');
  const ssize_t size = ::recv(socket_.get(), message.data(), message.size(), MSG_TRUNC);
  if (size <= 0 || static_cast<size_t>(size) > message.size()) return std::nullopt;
  sandbox::Unpacker from(std::string_view(message).substr(0, static_cast<size_t>(size)));
  Said said;
  said.what = static_cast<ArchiveSays>(from.Int());
  said.executable = from.Number() == 1;
  said.changed = static_cast<int64_t>(from.Number());
  said.text = from.Text();
  return from.ok() ? std::optional(std::move(said)) : std::nullopt;
}

std::optional<std::vector<std::string>> PartsWithin(const std::string& name) {
  if (name.starts_with('/')) return std::nullopt;
  std::vector<std::string> parts;
  size_t from = 0;
  while (from <= name.size()) {
    const size_t slash = std::min(name.find('/', from), name.size());
    const std::string part = name.substr(from, slash - from);
    if (part == "..") return std::nullopt;
    if (!part.empty() && part != ".") parts.push_back(part);
    from = slash + 1;
  }
  return parts;
}

}  // namespace plumbline::build
