// SPDX-License-Identifier: MIT
#include "build/memory.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

#include "base/io.h"
#include "sandbox/memory.h"

namespace plumbline::build {
namespace {

namespace fs = std::filesystem;

// Each thread has the children that it made.
std::vector<int> ChildrenOf(int pid) {
  std::vector<int> children;
  std::error_code error;
  const fs::path tasks = "/proc/" + std::to_string(pid) + "/task";
  for (fs::directory_iterator at(tasks, error), end; !error && at != end; at.increment(error)) {
    std::istringstream numbers(ReadProc((at->path() / "children").c_str()));
    for (int child = 0; numbers >> child;) children.push_back(child);
  }
  return children;
}

struct Memory {
  uint64_t own = 0;     // swapped out or not
  uint64_t shared = 0;  // resident
};

Memory MemoryOf(int pid) {
  std::istringstream lines(ReadProc(("/proc/" + std::to_string(pid) + "/status").c_str()));
  Memory memory;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    uint64_t kilobytes = 0;
    if (!(words >> name >> kilobytes)) continue;
    if (name == "RssAnon:" || name == "VmSwap:") memory.own += kilobytes * 1024;
    if (name == "RssShmem:") memory.shared += kilobytes * 1024;
  }
  return memory;
}

std::vector<HostPid> DescendantsOf(HostPid init) {
  std::vector<HostPid> all;
  for (const int child : ChildrenOf(init.value)) all.push_back(HostPid{child});
  for (size_t i = 0; i < all.size(); ++i) {
    for (const int child : ChildrenOf(all[i].value)) all.push_back(HostPid{child});
  }
  return all;
}

}  // namespace

Bytes MemoryIn(const sandbox::Sandbox& box) {
  const std::vector<HostPid> processes = DescendantsOf(box.init());
  Memory sum;
  for (const HostPid process : processes) {
    const Memory memory = MemoryOf(process.value);
    sum.own += memory.own;
    sum.shared += memory.shared;
  }
  // What is shared may be used and be in no process's tables.
  const uint64_t shared = sandbox::SharedMemoryOf(processes, true).count;
  return Bytes{sum.own + std::max(sum.shared, shared) + box.IpcMemory().count};
}

}  // namespace plumbline::build
