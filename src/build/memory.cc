// SPDX-License-Identifier: MIT
#include "build/memory.h"

#include <filesystem>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

#include "base/io.h"

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

uint64_t MemoryOf(int pid) {
  std::istringstream lines(ReadProc(("/proc/" + std::to_string(pid) + "/status").c_str()));
  uint64_t sum = 0;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    uint64_t kilobytes = 0;
    if (words >> name >> kilobytes &&
        (name == "RssAnon:" || name == "RssShmem:" || name == "VmSwap:"))
      sum += kilobytes;
  }
  return sum * 1024;
}

}  // namespace

Bytes MemoryBelow(HostPid init) {
  Bytes sum;
  std::vector<int> to_visit = ChildrenOf(init.value);
  while (!to_visit.empty()) {
    const int pid = to_visit.back();
    to_visit.pop_back();
    sum.count += MemoryOf(pid);
    const std::vector<int> children = ChildrenOf(pid);
    to_visit.insert(to_visit.end(), children.begin(), children.end());
  }
  return sum;
}

}  // namespace plumbline::build
