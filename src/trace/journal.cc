// SPDX-License-Identifier: MIT
#include "trace/journal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace plumbline::trace {
namespace {

using record::ObjectKind;
using record::Transfer;

// A recording stays small whatever a program does: beyond this many events, or this much text in
// them (arguments of execve), it is cut, and says so.
constexpr size_t kMostEvents = 200'000;
constexpr Bytes kMostText = MiB(64);
constexpr size_t kFirstBytes = 64;

size_t SizeOf(const std::vector<std::string>& texts) {
  size_t size = 0;
  for (const std::string& text : texts) size += text.size();
  return size;
}

size_t TextIn(const record::Happening& what) {
  if (const auto* executed = std::get_if<record::Executed>(&what))
    return executed->path.size() + SizeOf(executed->argv) + SizeOf(executed->env);
  size_t size = 0;
  if (const auto* call = std::get_if<record::Call>(&what)) {
    for (const auto& [name, text] : call->args) size += text.size();
  }
  return size;
}

ObjectKind KindOf(const struct stat& info, std::string_view link) {
  switch (info.st_mode & S_IFMT) {
    case S_IFREG:
      return ObjectKind::kFile;
    case S_IFDIR:
      return ObjectKind::kDirectory;
    case S_IFSOCK:
      return ObjectKind::kSocket;
    case S_IFIFO:
      return link.starts_with("pipe:[") ? ObjectKind::kPipe : ObjectKind::kFifo;
    case S_IFCHR:
      if (link == "/dev/null") return ObjectKind::kNull;
      return link.starts_with("/dev/pts/") || link.starts_with("/dev/tty") ? ObjectKind::kTerminal
                                                                           : ObjectKind::kDevice;
    default:
      return ObjectKind::kOther;
  }
}

std::string LinkAt(const char* path) {
  std::array<char, 4096> target;
  const ssize_t length = ::readlink(path, target.data(), target.size());
  return length <= 0 ? std::string{} : std::string(target.data(), static_cast<size_t>(length));
}

// The link names pipes and sockets by their inode, which differs from run to run, and says of a
// file without a name that it has none.
std::string NameOf(const struct stat& info, const std::string& link) {
  if (link.starts_with("pipe:[")) return "pipe";
  if (link.starts_with("socket:[")) return "socket";
  constexpr std::string_view kMark = " (deleted)";
  const bool marked = info.st_nlink == 0 && link.ends_with(kMark);
  return marked ? link.substr(0, link.size() - kMark.size()) : link;
}

std::string DescriptorPath(HostPid process, int fd) {
  return "/proc/" + std::to_string(process.value) + "/fd/" + std::to_string(fd);
}

}  // namespace

// --- Events.

bool Journal::Fits(const record::Happening& what) {
  text_ += TextIn(what);
  return recording_.events.size() < kMostEvents && text_ <= kMostText.count;
}

int Journal::Add(record::ProcessIndex actor, Pid tid, record::Happening what) {
  if (full_) return -1;
  if (!Fits(what)) {
    full_ = true;
    what = record::Cut{recording_.events.size() < kMostEvents
                           ? "more than " + ToString(kMostText) + " of text"
                           : "more than " + std::to_string(kMostEvents) + " events"};
  }
  recording_.events.push_back(
      {.actor = actor, .tid = tid, .time = time_, .what = std::move(what), .where = {}});
  return full_ ? -1 : static_cast<int>(recording_.events.size()) - 1;
}

int Journal::AddTransfer(record::ProcessIndex actor, Pid tid, const Transfer& transfer) {
  const auto key = std::tuple(actor, transfer.fd, transfer.way);
  const auto burst = bursts_.find(key);
  if (burst == bursts_.end()) {
    const int event = Add(actor, tid, transfer);
    if (event >= 0) bursts_.emplace(key, event);
    return event;
  }
  auto& so_far = std::get<Transfer>(recording_.events[static_cast<size_t>(burst->second)].what);
  so_far.calls += transfer.calls;
  so_far.bytes += transfer.bytes;
  so_far.ends += transfer.ends;
  if (so_far.first.size() < kFirstBytes)
    so_far.first += transfer.first.substr(0, kFirstBytes - so_far.first.size());
  return burst->second;
}

size_t Journal::RoomForFirst(record::ProcessIndex actor, int fd, Transfer::Way way) const {
  const auto burst = bursts_.find(std::tuple(actor, fd, way));
  if (burst == bursts_.end()) return full_ ? 0 : kFirstBytes;
  const auto& event = recording_.events[static_cast<size_t>(burst->second)];
  return kFirstBytes - std::get<Transfer>(event.what).first.size();
}

void Journal::EndBursts(record::ProcessIndex actor, int fd) {
  if (bursts_.empty()) return;
  bursts_.erase({actor, fd, Transfer::Way::kRead});
  bursts_.erase({actor, fd, Transfer::Way::kWritten});
}

void Journal::EndBursts(record::ProcessIndex actor) {
  std::erase_if(bursts_, [&](const auto& burst) { return std::get<0>(burst.first) == actor; });
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

// --- Objects.

int Journal::NewObject(ObjectKind kind, const std::string& name) {
  recording_.objects.push_back({.kind = kind, .name = name, .role = {}});
  return static_cast<int>(recording_.objects.size());
}

int Journal::ObjectBehind(const char* path, int known) {
  struct stat info{};
  if (::stat(path, &info) < 0) return 0;
  // eventfd, epoll set ... are of no type, and share an inode.
  if ((info.st_mode & S_IFMT) == 0) return AnonymousObject(LinkAt(path), known);
  // By inode: a file keeps its number when it is renamed or unlinked.
  const Key key{info.st_dev, info.st_ino};
  const auto numbered = objects_.find(key);
  if (numbered != objects_.end()) return numbered->second;
  const std::string link = LinkAt(path);
  if (link.empty()) return 0;
  return objects_[key] = NewObject(KindOf(info, link), NameOf(info, link));
}

int Journal::AnonymousObject(const std::string& link, int known) {
  const record::Object* before = recording_.object(known);
  if (before != nullptr && before->kind == ObjectKind::kOther && before->name == link) return known;
  const auto [entry, fresh] = anonymous_.try_emplace(link, 0);
  if (fresh) entry->second = NewObject(ObjectKind::kOther, link);
  return entry->second;
}

int Journal::ObjectAt(HostPid process, int fd, int known) {
  return ObjectBehind(DescriptorPath(process, fd).c_str(), known);
}

int Journal::FreshObject(HostPid process, int fd) {
  const std::string link = LinkAt(DescriptorPath(process, fd).c_str());
  return link.empty() ? 0 : NewObject(ObjectKind::kOther, link);
}

int Journal::ObjectOf(int own_descriptor) {
  const std::string path = "/proc/self/fd/" + std::to_string(own_descriptor);
  return ObjectBehind(path.c_str(), 0);
}

void Journal::SetRole(int object, const std::string& role) {
  if (object >= 1) recording_.objects[static_cast<size_t>(object - 1)].role = role;
}

int Journal::memory(const std::string& key) {
  return memories_.try_emplace(key, static_cast<int>(memories_.size()) + 1).first->second;
}

}  // namespace plumbline::trace
