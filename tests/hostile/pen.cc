// SPDX-License-Identifier: MIT
#include "tests/hostile/pen.h"

#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/io.h"
#include "base/units.h"

namespace plumbline::hostile {
namespace {

namespace fs = std::filesystem;

// Far above what any attack may take, and far below what the machine has.
constexpr Bytes kMostMemory = MiB(2048);
constexpr int kMostProcesses = 512;
// What a grader and its tools keep for a while.
constexpr Bytes kSlack = MiB(24);

bool Write(const std::string& path, const std::string& value) {
  std::ofstream file(path);
  file << value << std::flush;
  return file.good();
}

uint64_t OwnMemory() {
  std::istringstream lines(ReadProc("/proc/self/status"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("RssAnon:")) return std::stoull(line.substr(8)) << 10;
  }
  return 0;
}

// Pages that are somebody else's, without the files that the kernel keeps in memory for everybody.
uint64_t MemoryOf(const std::string& group) {
  std::istringstream lines(ReadProc((group + "/memory.stat").c_str()));
  std::string key;
  uint64_t value = 0;
  uint64_t sum = 0;
  while (lines >> key >> value) {
    // Of version 1, or of version 2: there a group's numbers are those of the groups below, too.
    if (key == "total_rss" || key == "total_shmem" || key == "anon" || key == "shmem") sum += value;
  }
  const uint64_t own = OwnMemory();
  return sum > own ? sum - own : 0;
}

// No name that a supervisor's group could have.
std::string FolderOf(const std::string& parent, pid_t process) {
  return parent + "/pen-of-plumbline-test-" + std::to_string(process);
}

// Version 2: the group below the pen that holds this process, so that the pen can be divided.
std::string InnerOf(const std::string& folder) { return folder + "/own"; }

// This process's group in version 2, which has the line "0::/path".
std::string OwnGroup() {
  const std::string groups = ReadProc("/proc/self/cgroup");
  const size_t begin = groups.find("0::");
  const std::string mount = "/sys/fs/cgroup";
  return begin == std::string::npos
             ? mount
             : mount + groups.substr(begin + 3, groups.find('\n', begin) - begin - 3);
}

void SetLimits(const std::string& folder, const char* memory_limit) {
  Write(folder + "/" + memory_limit, std::to_string(kMostMemory.count));
  Write(folder + "/pids.max", std::to_string(kMostProcesses));
}

bool Enter(const std::string& group) {
  return Write(group + "/cgroup.procs", std::to_string(::getpid()));
}

void RemoveV2(const std::string& folder) {
  ::rmdir(InnerOf(folder).c_str());
  ::rmdir(folder.c_str());
}

}  // namespace

void Pen::RemoveOf(pid_t process) {
  const auto place = sandbox::FindCgroupPlace(ReadProc("/proc/self/cgroup"));
  if (!place) return;
  if (place->v2) return RemoveV2(FolderOf(place->memory, process));
  for (const std::string& parent : {place->memory, place->pids})
    ::rmdir(FolderOf(parent, process).c_str());
}

Pen::Pen() {
  const auto place = sandbox::FindCgroupPlace(ReadProc("/proc/self/cgroup"));
  if (!place) return;
  v2_ = place->v2;
  if (v2_)
    CloseV2(*place);
  else
    CloseV1(*place);
  if (closed()) memory_before_ = MemoryOf(folders_.front());
}

void Pen::CloseV1(const sandbox::CgroupPlace& place) {
  homes_ = {place.memory, place.pids};
  for (const std::string& parent : homes_) {
    const std::string folder = FolderOf(parent, ::getpid());
    if (::mkdir(folder.c_str(), 0755) < 0) continue;
    folders_.push_back(folder);
    SetLimits(folder, "memory.limit_in_bytes");
    Enter(folder);
  }
}

void Pen::CloseV2(const sandbox::CgroupPlace& place) {
  homes_ = {OwnGroup()};
  const std::string folder = FolderOf(place.memory, ::getpid());
  if (::mkdir(folder.c_str(), 0755) < 0) return;
  SetLimits(folder, "memory.max");
  if (::mkdir(InnerOf(folder).c_str(), 0755) == 0 && Enter(InnerOf(folder)) &&
      Write(folder + "/cgroup.subtree_control", "+memory +pids"))
    folders_.push_back(folder);
  else
    RemoveV2(folder);
}

Pen::~Pen() {
  for (size_t i = 0; i < folders_.size(); ++i) {
    Enter(homes_[i]);
    if (v2_)
      RemoveV2(folders_[i]);
    else
      ::rmdir(folders_[i].c_str());
  }
}

std::vector<std::string> Pen::Left(const std::vector<pid_t>& ours) const {
  std::vector<std::string> left;
  for (const std::string& folder : folders_) {
    const std::string holder = v2_ ? InnerOf(folder) : folder;
    std::istringstream processes(ReadProc((holder + "/cgroup.procs").c_str()));
    for (pid_t pid = 0; processes >> pid;) {
      if (pid != ::getpid() && std::ranges::find(ours, pid) == ours.end())
        left.push_back("process " + std::to_string(pid) + " is left in the group");
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.is_directory() && entry.path() != holder)
        left.push_back("a group is left: " + entry.path().string());
    }
  }
  if (closed() && !MemoryComesBack()) left.emplace_back("memory is left");
  return left;
}

// Memory of an IPC namespace is given back by a worker of the kernel's, a little later.
bool Pen::MemoryComesBack() const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (MemoryOf(folders_.front()) > memory_before_ + kSlack.count) {
    if (std::chrono::steady_clock::now() > until) return false;
    ::sched_yield();
  }
  return true;
}

}  // namespace plumbline::hostile
