// SPDX-License-Identifier: MIT
#include "trace/awaited.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/io.h"
#include "base/text.h"
#include "base/words.h"
#include "trace/decode/arguments.h"
#include "trace/file_locks.h"
#include "trace/futex.h"
#include "trace/proc.h"

namespace plumbline::trace {
namespace {

using record::Asked;
using record::Awaited;
using record::Thing;

constexpr uint64_t kMostAsked = 64;

// --- Paths and addresses.

std::string FolderOf(const Task& task, uint64_t directory) {
  const auto fd = static_cast<int>(directory);
  return fd == AT_FDCWD ? LinkOf(task.host, "cwd")
                        : LinkOf(task.host, ("fd/" + std::to_string(fd)).c_str());
}

// open(2) waits for the other end of a FIFO, and for nothing else that a program here can open.
std::optional<Awaited> OpenOf(const Task& task, uint64_t directory, uint64_t path, uint64_t flags) {
  std::string name = ReadString(task.host, path);
  if (name.empty()) return std::nullopt;
  if (name[0] != '/') name = FolderOf(task, directory) + "/" + name;
  struct stat info{};
  const UniqueFd file = OpenInside(task.host, name, O_PATH);
  if (!file || ::fstat(file.get(), &info) < 0 || !S_ISFIFO(info.st_mode)) return std::nullopt;
  return Awaited{
      .thing = Thing::kFifo, .name = std::move(name), .writes = (flags & O_ACCMODE) == O_WRONLY};
}

std::optional<Awaited> ConnectOf(const Task& task, uint64_t address, uint64_t length) {
  std::string name = decode::Address(
      ReadMemory(task.host, address, std::min<uint64_t>(length, sizeof(sockaddr_storage))));
  if (name.empty()) return std::nullopt;
  return Awaited{.thing = Thing::kAddress, .name = std::move(name)};
}

// --- System V.

// The first that may have to wait: one that takes, or waits for zero (semop(2)).
std::optional<Awaited> SemaphoreOf(const Task& task, const Entry& entry) {
  Awaited awaited{.thing = Thing::kSemaphoreSet,
                  .name = std::to_string(static_cast<int>(entry.args[0]))};
  for (uint64_t i = 0; i < std::min(entry.args[2], kMostAsked); ++i) {
    const auto operation = ReadValue<sembuf>(task.host, entry.args[1] + i * sizeof(sembuf));
    if (!operation) return std::nullopt;
    awaited.number = operation->sem_num;
    awaited.writes = false;
    if (operation->sem_op <= 0) return awaited;
  }
  return awaited;
}

Awaited QueueOf(const Entry& entry, bool sends) {
  return {.thing = Thing::kMessageQueue,
          .name = std::to_string(static_cast<int>(entry.args[0])),
          .writes = sends};
}

// --- Several descriptors at once.

void Add(std::vector<Asked>& asked, int fd, bool reads, bool writes) {
  if (fd < 0 || (!reads && !writes) || asked.size() >= kMostAsked) return;
  const auto known = std::ranges::find(asked, fd, &Asked::fd);
  if (known == asked.end()) {
    asked.push_back({.fd = fd, .object = 0, .reads = reads, .writes = writes});
    return;
  }
  known->reads = known->reads || reads;
  known->writes = known->writes || writes;
}

std::vector<Asked> AskedByPoll(const Task& task, const Entry& entry) {
  std::vector<Asked> asked;
  for (uint64_t i = 0; i < std::min(entry.args[1], kMostAsked); ++i) {
    const auto one = ReadValue<pollfd>(task.host, entry.args[0] + i * sizeof(pollfd));
    if (one) Add(asked, one->fd, (one->events & POLLIN) != 0, (one->events & POLLOUT) != 0);
  }
  return asked;
}

// The kernel takes the sets when the call begins and writes them only at its end.
std::vector<Asked> AskedBySelect(const Task& task, const Entry& entry) {
  std::vector<Asked> asked;
  const uint64_t most = std::min<uint64_t>(entry.args[0], FD_SETSIZE);
  for (int set = 1; set <= 2; ++set) {
    if (entry.args[set] == 0) continue;
    const std::string bits = ReadMemory(task.host, entry.args[set], (most + 7) / 8);
    for (uint64_t fd = 0; fd < std::min<uint64_t>(most, 8 * bits.size()); ++fd) {
      const bool set_here = (static_cast<unsigned char>(bits[fd / 8]) >> (fd % 8) & 1) != 0;
      if (set_here) Add(asked, static_cast<int>(fd), set == 1, set == 2);
    }
  }
  return asked;
}

// fdinfo of an epoll set: "tfd:        5 events:       19 data: ..." (proc(5)), events in
// hexadecimal.
std::vector<Asked> AskedByEpoll(const Task& task, int set) {
  std::vector<Asked> asked;
  const std::string path =
      "/proc/" + std::to_string(task.host.value) + "/fdinfo/" + std::to_string(set);
  const std::string text = ReadProc(path.c_str());
  for (const std::string_view line : Lines(text)) {
    const auto words = WordsOf(line);
    if (words.size() < 4 || words[0] != "tfd:") continue;
    const auto events = LeadingNumber<uint32_t>(words[3], 16);
    Add(asked, LeadingNumber<int>(words[1]), (events & EPOLLIN) != 0, (events & EPOLLOUT) != 0);
  }
  return asked;
}

std::optional<Awaited> DescriptorsOf(const Task& task, std::vector<Asked> asked, Tracer& tracer) {
  if (asked.empty()) return std::nullopt;
  std::ranges::sort(asked, {}, &Asked::fd);
  for (Asked& one : asked) one.object = tracer.ObjectAt(*task.process, one.fd);
  return Awaited{.thing = Thing::kDescriptors, .asked = std::move(asked)};
}

}  // namespace

std::optional<Awaited> AwaitedBy(const Task& task, const Entry& entry, Tracer& tracer,
                                 Journal& journal) {
  const auto& args = entry.args;
  switch (entry.number) {
    case SYS_open:
      return OpenOf(task, static_cast<uint64_t>(AT_FDCWD), args[0], args[1]);
    case SYS_creat:
      return OpenOf(task, static_cast<uint64_t>(AT_FDCWD), args[0], O_WRONLY);
    case SYS_openat:
      return OpenOf(task, args[0], args[1], args[2]);
    case SYS_connect:
      return ConnectOf(task, args[1], args[2]);
    case SYS_semop:
    case SYS_semtimedop:
      return SemaphoreOf(task, entry);
    case SYS_msgsnd:
    case SYS_msgrcv:
      return QueueOf(entry, entry.number == SYS_msgsnd);
    case SYS_poll:
    case SYS_ppoll:
      return DescriptorsOf(task, AskedByPoll(task, entry), tracer);
    case SYS_select:
    case SYS_pselect6:
      return DescriptorsOf(task, AskedBySelect(task, entry), tracer);
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
    case SYS_epoll_pwait2:
      return DescriptorsOf(task, AskedByEpoll(task, static_cast<int>(args[0])), tracer);
    case SYS_futex:
      return FutexOf(task, entry, tracer, journal);
    case SYS_flock:
    case SYS_fcntl:
      return FileLockOf(task, static_cast<int>(args[0]), tracer);
    default:
      return std::nullopt;
  }
}

}  // namespace plumbline::trace
