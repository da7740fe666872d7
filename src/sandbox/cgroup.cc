// SPDX-License-Identifier: MIT
#include "sandbox/cgroup.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <map>
#include <memory>
#include <utility>

#include "base/io.h"
#include "base/text.h"
#include "sandbox/sweeper.h"

namespace plumbline::sandbox {
namespace {

constexpr std::string_view kPrefix = "plumbline-";

// init and stand-in shells. The exact limit is the resource limit's; this one holds whatever
// happens.
constexpr int kProcessesOfOurs = 8;

Status WriteValue(const std::string& path, const std::string& value) {
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!fd) return ErrnoError("open " + path);
  if (::write(fd.get(), value.data(), value.size()) < 0) return ErrnoError("write " + path);
  return {};
}

// Groups of graders that were killed: "plumbline-PID-N". Only empty ones can be removed at all.
void RemoveStale(const std::string& folder) {
  DIR* directory = ::opendir(folder.c_str());
  if (directory == nullptr) return;
  while (const dirent* entry = ::readdir(directory)) {
    std::string_view name = entry->d_name;
    if (!name.starts_with(kPrefix)) continue;
    name.remove_prefix(kPrefix.size());
    pid_t owner = 0;
    std::from_chars(name.data(), name.data() + name.size(), owner);
    if (owner > 0 && ::kill(owner, 0) < 0 && errno == ESRCH)
      ::unlinkat(::dirfd(directory), entry->d_name, AT_REMOVEDIR);
  }
  ::closedir(directory);
}

void RemoveStale(const CgroupPlace& place) {
  RemoveStale(place.memory);
  if (!place.v2) RemoveStale(place.pids);
}

const Result<CgroupPlace>& OwnPlace() {
  static const Result<CgroupPlace> place = [] {
    auto found = FindCgroupPlace(ReadProc("/proc/self/cgroup"));
    if (found) RemoveStale(*found);
    return found;
  }();
  return place;
}

Status MakeGroup(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0755) == 0) return {};
  auto failed = ErrnoError("mkdir " + folder);
  // cgroup.max.descendants and cgroup.max.depth of this group's or of one above, cgroups(7).
  if (failed.error().code == EAGAIN)
    failed.error().hint =
        "no more groups may be made there: see cgroup.max.descendants and cgroup.max.depth of the "
        "groups above";
  return failed;
}

std::string OwnPrefix() { return std::string(kPrefix) + std::to_string(::getpid()) + "-"; }

std::string NextName() {
  static std::atomic<unsigned> count = 0;
  return "/" + OwnPrefix() + std::to_string(++count);
}

// Once in each process that makes groups; a child makes its own.
void KeepSweeper(const CgroupPlace& place) {
  static std::map<pid_t, std::unique_ptr<Sweeper>> sweepers;
  std::unique_ptr<Sweeper>& own = sweepers[::getpid()];
  if (own) return;
  std::vector<std::string> folders{place.memory};
  if (!place.v2) folders.push_back(place.pids);
  own = std::make_unique<Sweeper>(folders, OwnPrefix());
}

std::optional<uint64_t> NumberIn(const std::string& path) {
  const std::string text = ReadProc(path.c_str());
  uint64_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc())
    return std::nullopt;
  return number;
}

// A line "KEY NUMBER" of a flat-keyed file.
uint64_t NumberAfter(std::string_view text, std::string_view key) {
  for (std::string_view line : Lines(text)) {
    if (!line.starts_with(key) || !line.substr(key.size()).starts_with(' ')) continue;
    line.remove_prefix(key.size() + 1);
    uint64_t number = 0;
    std::from_chars(line.data(), line.data() + line.size(), number);
    return number;
  }
  return 0;
}

}  // namespace

std::optional<Bytes> PeakIn(const std::string& folder, bool v2) {
  auto bytes = NumberIn(folder + (v2 ? "/memory.peak" : "/memory.max_usage_in_bytes"));
  if (!bytes && v2) bytes = NumberIn(folder + "/memory.current");
  if (!bytes) return std::nullopt;
  return Bytes{*bytes};
}

void RemoveGroupsOfKilled() {
  if (const auto place = FindCgroupPlace(ReadProc("/proc/self/cgroup"))) RemoveStale(*place);
}

Result<Cgroup> Cgroup::Create() {
  const Result<CgroupPlace>& place = OwnPlace();
  if (!place) return std::unexpected(place.error());
  KeepSweeper(*place);
  const std::string name = NextName();
  Cgroup group;
  group.v2_ = place->v2;
  TRY(MakeGroup(place->memory + name));
  group.memory_ = place->memory + name;
  if (!group.v2_) TRY(MakeGroup(place->pids + name));
  group.pids_ = place->pids + name;
  const std::string events = group.memory_ + (place->v2 ? "/memory.events" : "/memory.oom_control");
  group.out_of_memory_.Reset(::open(events.c_str(), O_RDONLY | O_CLOEXEC));
  if (!group.out_of_memory_) return ErrnoError("open " + events);
  return group;
}

Cgroup::Cgroup(Cgroup&& other) noexcept
    : memory_(std::exchange(other.memory_, {})),
      pids_(std::exchange(other.pids_, {})),
      out_of_memory_(std::move(other.out_of_memory_)),
      v2_(other.v2_) {}

Cgroup& Cgroup::operator=(Cgroup&& other) noexcept {
  if (this == &other) return *this;
  Remove();
  memory_ = std::exchange(other.memory_, {});
  pids_ = std::exchange(other.pids_, {});
  out_of_memory_ = std::move(other.out_of_memory_);
  v2_ = other.v2_;
  return *this;
}

Cgroup::~Cgroup() { Remove(); }

void Cgroup::Remove() {
  if (!memory_.empty()) ::rmdir(memory_.c_str());
  if (!pids_.empty() && !v2_) ::rmdir(pids_.c_str());
}

Status Cgroup::Join(HostPid process) {
  const std::string pid = std::to_string(process.value);
  TRY(WriteValue(memory_ + "/cgroup.procs", pid));
  return v2_ ? Status() : WriteValue(pids_ + "/cgroup.procs", pid);
}

Status Cgroup::Limit(const Limits& limits) {
  const std::string memory = std::to_string(limits.memory.count);
  TRY(WriteValue(pids_ + "/pids.max", std::to_string(limits.processes + kProcessesOfOurs)));
  if (v2_) {
    TRY(WriteValue(memory_ + "/memory.max", memory));
    // Absent where the machine has no swap accounting.
    (void)WriteValue(memory_ + "/memory.swap.max", "0");
    return {};
  }
  TRY(WriteValue(memory_ + "/memory.limit_in_bytes", memory));
  (void)WriteValue(memory_ + "/memory.memsw.limit_in_bytes", memory);
  return {};
}

bool Cgroup::MemoryLimitHit() const {
  std::array<char, 512> text;
  const ssize_t size = ::pread(out_of_memory_.get(), text.data(), text.size(), 0);
  return size > 0 && NumberAfter({text.data(), static_cast<size_t>(size)}, "oom_kill") > 0;
}

}  // namespace plumbline::sandbox
