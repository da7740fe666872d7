// SPDX-License-Identifier: MIT
#include "trace/file_locks.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "base/io.h"
#include "base/text.h"
#include "base/words.h"

namespace plumbline::trace {
namespace {

// As /proc/locks writes it: "fe:01:1234", the device in hexadecimal.
std::string FileBehind(const Task& task, int fd) {
  struct stat info{};
  const std::string path = "/proc/" + std::to_string(task.host.value) + "/fd/" + std::to_string(fd);
  if (::stat(path.c_str(), &info) < 0) return {};
  return fmt::format("{:02x}:{:02x}:{}", major(info.st_dev), minor(info.st_dev), info.st_ino);
}

const Task* FirstTaskOf(HostPid process, const Tracer& tracer) {
  for (const auto& [host, task] : tracer.tasks()) {
    if (task->process->host == process || task->host == process) return task.get();
  }
  return nullptr;
}

}  // namespace

// "1: FLOCK  ADVISORY  WRITE 123 fe:01:1234 0 EOF"; those who wait have "->" behind the number.
std::optional<record::Awaited> FileLockOf(const Task& task, int fd, Tracer& tracer) {
  record::Awaited awaited{.thing = record::Thing::kFileLock};
  const std::string file = FileBehind(task, fd);
  if (file.empty()) return std::nullopt;
  const std::string text = ReadProc("/proc/locks");
  for (const std::string_view line : Lines(text)) {
    const auto words = WordsOf(line);
    if (words.size() < 6 || words[1] == "->" || words[5] != file) continue;
    const Task* holder = FirstTaskOf(HostPid{LeadingNumber<int>(words[4])}, tracer);
    if (holder == nullptr) continue;
    const record::HeldBy by{holder->process->index, {}};
    if (std::ranges::find(awaited.by, by) == awaited.by.end()) awaited.by.push_back(by);
  }
  return awaited;
}

}  // namespace plumbline::trace
