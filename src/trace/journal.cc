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

ObjectKind KindOf(const struct stat& info, std::string_view path) {
  switch (info.st_mode & S_IFMT) {
    case S_IFREG:
      return ObjectKind::kFile;
    case S_IFDIR:
      return ObjectKind::kDirectory;
    case S_IFIFO:
      return ObjectKind::kFifo;
    case S_IFCHR:
      if (path == "/dev/null") return ObjectKind::kNull;
      return path.starts_with("/dev/pts/") || path.starts_with("/dev/tty") ? ObjectKind::kTerminal
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

// Neither a path nor a pipe nor a socket: "anon_inode:[eventpoll]".
bool IsAnonymous(std::string_view link) {
  return !link.empty() && link[0] != '/' && !link.starts_with("pipe:[") &&
         !link.starts_with("socket:[");
}

// Without an inode, which differs from run to run ("pidfd:[123]").
std::string NameOfAnonymous(const std::string& link) {
  const size_t number = link.find_first_of("0123456789");
  return number == std::string::npos ? link : link.substr(0, link.find(':'));
}

// Of a file without a name the link says so.
std::string NameOfFile(const struct stat& info, const std::string& link) {
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

void Journal::AddTransfer(record::ProcessIndex actor, Pid tid, const Transfer& transfer) {
  const auto key = std::tuple(actor, transfer.fd, transfer.way);
  const auto burst = bursts_.find(key);
  if (burst == bursts_.end()) {
    const int event = Add(actor, tid, transfer);
    if (event >= 0) bursts_.emplace(key, event);
    return;
  }
  auto& so_far = std::get<Transfer>(recording_.events[static_cast<size_t>(burst->second)].what);
  so_far.calls += transfer.calls;
  so_far.bytes += transfer.bytes;
  so_far.ends += transfer.ends;
  if (so_far.first.size() < kFirstBytes)
    so_far.first += transfer.first.substr(0, kFirstBytes - so_far.first.size());
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

int Journal::Number(const std::string& key, ObjectKind kind, const std::string& name) {
  const auto known = objects_.find(key);
  if (known != objects_.end()) return known->second;
  return objects_[key] = NewObject(kind, name);
}

int Journal::ObjectBehind(const char* path, int known) {
  const std::string link = LinkAt(path);
  if (link.empty()) return 0;
  if (link.starts_with("pipe:[")) return Number(link, ObjectKind::kPipe, "pipe");
  if (link.starts_with("socket:[")) return Number(link, ObjectKind::kSocket, "socket");
  if (IsAnonymous(link)) {
    const std::string name = NameOfAnonymous(link);
    const record::Object* before = recording_.object(known);
    if (before != nullptr && before->kind == ObjectKind::kOther && before->name == name)
      return known;
    return Number(link, ObjectKind::kOther, name);
  }
  struct stat info{};
  if (::stat(path, &info) < 0) return 0;
  // By inode: a file keeps its number when it is renamed or unlinked.
  const std::string key = std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
  return Number(key, KindOf(info, link), NameOfFile(info, link));
}

int Journal::ObjectAt(HostPid process, int fd, int known) {
  return ObjectBehind(DescriptorPath(process, fd).c_str(), known);
}

int Journal::FreshObject(HostPid process, int fd) {
  const std::string link = LinkAt(DescriptorPath(process, fd).c_str());
  return IsAnonymous(link) ? NewObject(ObjectKind::kOther, NameOfAnonymous(link)) : 0;
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
