// SPDX-License-Identifier: MIT
#include "build/memory.h"

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

}  // namespace

std::vector<HostPid> ProcessesIn(const sandbox::Sandbox& box) {
  std::vector<HostPid> all;
  for (const int child : ChildrenOf(box.init().value)) all.push_back(HostPid{child});
  for (size_t i = 0; i < all.size(); ++i) {
    for (const int child : ChildrenOf(all[i].value)) all.push_back(HostPid{child});
  }
  return all;
}

Bytes MemoryIn(const sandbox::Sandbox& box) {
  return Bytes{sandbox::MemoryOf(ProcessesIn(box), {}, true).count + box.IpcMemory().count};
}

}  // namespace plumbline::build
