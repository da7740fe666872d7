// SPDX-License-Identifier: MIT
#include "trace/journal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace plumbline::trace {
namespace {

// A recording stays small whatever a program does: beyond this many events it is cut, and says so.
constexpr size_t kMostEvents = 200'000;
constexpr size_t kFirstBytes = 64;

record::ObjectKind KindOf(const struct stat& info, const std::string& link) {
  using record::ObjectKind;
  switch (info.st_mode & S_IFMT) {
    case S_IFREG:
      return ObjectKind::kFile;
    case S_IFDIR:
      return ObjectKind::kDirectory;
    case S_IFSOCK:
      return ObjectKind::kSocket;
    case S_IFIFO:
      return link.starts_with("pipe:") ? ObjectKind::kPipe : ObjectKind::kFifo;
    case S_IFCHR:
      if (link == "/dev/null") return ObjectKind::kNull;
      return link.starts_with("/dev/pts/") || link.starts_with("/dev/tty") ? ObjectKind::kTerminal
                                                                            : ObjectKind::kDevice;
    default:
      return ObjectKind::kOther;
  }
}

// Kernel names carry an inode ("pipe:[123]"), which differs from run to run.
std::string NameOf(record::ObjectKind kind, const std::string& link) {
  if (kind == record::ObjectKind::kPipe) return "pipe";
  if (kind == record::ObjectKind::kSocket) return "socket";
  return link;
}

}  // namespace

int Journal::Add(record::ProcessIndex actor, Pid tid, record::Happening what) {
  if (full_) return -1;
  if (recording_.events.size() >= kMostEvents) {
    full_ = true;
    what = record::Cut{"more than " + std::to_string(kMostEvents) + " events"};
  }
  recording_.events.push_back(
      {.actor = actor, .tid = tid, .time = time_, .what = std::move(what), .where = {}});
  return full_ ? -1 : static_cast<int>(recording_.events.size()) - 1;
}

void Journal::AddTransfer(record::ProcessIndex actor, Pid tid, const record::Transfer& transfer) {
  const auto key = std::tuple(actor, transfer.fd, transfer.way);
  const auto burst = bursts_.find(key);
  if (burst == bursts_.end()) {
    const int event = Add(actor, tid, transfer);
    if (event >= 0) bursts_.emplace(key, event);
    return;
  }
  auto& so_far =
      std::get<record::Transfer>(recording_.events[static_cast<size_t>(burst->second)].what);
  so_far.calls += transfer.calls;
  so_far.bytes += transfer.bytes;
  so_far.ends += transfer.ends;
  if (so_far.first.size() < kFirstBytes)
    so_far.first += transfer.first.substr(0, kFirstBytes - so_far.first.size());
}

void Journal::EndBursts(record::ProcessIndex actor, int fd) {
  if (bursts_.empty()) return;
  bursts_.erase({actor, fd, record::Transfer::Way::kRead});
  bursts_.erase({actor, fd, record::Transfer::Way::kWritten});
}

void Journal::AddOutput(const std::string& stream, std::string_view bytes, Bytes limit) {
  record::Stream& kept = recording_.streams[stream];
  kept.total += bytes.size();
  const size_t room = limit.count - std::min<uint64_t>(limit.count, kept.bytes.size());
  if (bytes.size() > room) kept.cut = true;
  kept.bytes += bytes.substr(0, room);
  if (!recording_.events.empty()) {
    auto* last = std::get_if<record::StreamGrew>(&recording_.events.back().what);
    if (last != nullptr && last->stream == stream) {
      last->size = kept.total;
      return;
    }
  }
  Add(record::kGrader, Pid{}, record::StreamGrew{stream, kept.total});
}

int Journal::Number(const std::string& key, record::ObjectKind kind, const std::string& name) {
  const auto [entry, fresh] =
      objects_.try_emplace(key, static_cast<int>(recording_.objects.size()) + 1);
  if (fresh) recording_.objects.push_back({.kind = kind, .name = name, .role = {}});
  return entry->second;
}

int Journal::ObjectBehind(const char* path) {
  std::array<char, 4096> target;
  const ssize_t length = ::readlink(path, target.data(), target.size());
  if (length <= 0) return 0;
  const std::string link(target.data(), static_cast<size_t>(length));
  if (link.starts_with("pipe:[")) return Number(link, record::ObjectKind::kPipe, "pipe");
  if (link.starts_with("socket:[")) return Number(link, record::ObjectKind::kSocket, "socket");
  struct stat info{};
  if (::stat(path, &info) < 0) return 0;
  const record::ObjectKind kind = KindOf(info, link);
  // All of epoll, eventfd, signalfd share one inode: each is taken for itself by name only.
  const std::string key = kind == record::ObjectKind::kOther
                              ? link
                              : std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino) +
                                    ":" + std::to_string(info.st_rdev) + link;
  return Number(key, kind, NameOf(kind, link));
}

int Journal::ObjectAt(HostPid process, int fd) {
  const std::string path =
      "/proc/" + std::to_string(process.value) + "/fd/" + std::to_string(fd);
  return ObjectBehind(path.c_str());
}

int Journal::ObjectOf(int own_descriptor) {
  const std::string path = "/proc/self/fd/" + std::to_string(own_descriptor);
  return ObjectBehind(path.c_str());
}

void Journal::SetRole(int object, const std::string& role) {
  if (object >= 1) recording_.objects[static_cast<size_t>(object - 1)].role = role;
}

int Journal::memory(const std::string& key) {
  return memories_.try_emplace(key, static_cast<int>(memories_.size()) + 1).first->second;
}

}  // namespace plumbline::trace
