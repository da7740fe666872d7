// SPDX-License-Identifier: MIT
#include "trace/proc.h"

#include <elf.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <string_view>

#include "base/io.h"
#include "base/processor.h"
#include "base/text.h"
#include "base/words.h"
#include "trace/ptrace.h"

namespace plumbline::trace {
namespace {

std::string PathOf(HostPid task, const char* name) {
  return "/proc/" + std::to_string(task.value) + "/" + name;
}

std::vector<Pid> PidsIn(std::string_view text) {
  std::vector<Pid> pids;
  for (const std::string_view word : WordsOf(text)) pids.push_back(Pid{LeadingNumber<pid_t>(word)});
  return pids;
}

// "State:\tS (sleeping)": calls `use` with the name and what follows it, a line at a time.
template <typename Use>
void EachField(std::string_view text, Use use) {
  for (const std::string_view line : Lines(text)) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string_view value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    use(line.substr(0, colon), value);
  }
}

}  // namespace

std::optional<TaskStatus> StatusOf(HostPid task) {
  const std::string text = ReadProc(PathOf(task, "status").c_str());
  if (text.empty()) return std::nullopt;
  TaskStatus status;
  EachField(text, [&](std::string_view name, std::string_view value) {
    if (name == "State") status.state = value.empty() ? 'X' : value[0];
    if (name == "Tgid") status.leader = HostPid{LeadingNumber<pid_t>(value)};
    if (name == "PPid") status.parent = HostPid{LeadingNumber<pid_t>(value)};
    if (name == "NSpid") status.inner_pids = PidsIn(value);
    if (name == "NSpgid") status.inner_groups = PidsIn(value);
    if (name == "NSsid") status.inner_sessions = PidsIn(value);
    if (name == "SigPnd") status.pending = LeadingNumber<uint64_t>(value, 16);
    if (name == "ShdPnd") status.shared_pending = LeadingNumber<uint64_t>(value, 16);
    if (name == "SigBlk") status.blocked = LeadingNumber<uint64_t>(value, 16);
    if (name == "SigIgn") status.ignored = LeadingNumber<uint64_t>(value, 16);
    if (name == "SigCgt") status.caught = LeadingNumber<uint64_t>(value, 16);
    if (name == "FDSize") status.descriptor_slots = LeadingNumber<uint64_t>(value);
    if (name == "VmSize") status.reserved = LeadingNumber<uint64_t>(value) << 10;
    if (name == "VmRSS") status.resident = LeadingNumber<uint64_t>(value) << 10;
  });
  return status;
}

Pid InnerPid(HostPid task) {
  const auto status = StatusOf(task);
  return status && !status->inner_pids.empty() ? status->inner_pids.back() : Pid{};
}

Pid InnerGroupOf(HostPid task) {
  const auto status = StatusOf(task);
  return status && !status->inner_groups.empty() ? status->inner_groups.back() : Pid{};
}

std::string LinkOf(HostPid task, const char* name) {
  std::array<char, 4096> target;
  const ssize_t length = ::readlink(PathOf(task, name).c_str(), target.data(), target.size());
  return length <= 0 ? std::string{} : std::string(target.data(), static_cast<size_t>(length));
}

namespace {

// A value of the auxiliary vector (getauxval(3)); 0: not there.
uint64_t AuxiliaryValue(HostPid task, uint64_t type) {
  const std::string vector = ReadProc(PathOf(task, "auxv").c_str());
  for (size_t at = 0; at + sizeof(Elf64_auxv_t) <= vector.size(); at += sizeof(Elf64_auxv_t)) {
    Elf64_auxv_t entry;
    __builtin_memcpy(&entry, vector.data() + at, sizeof entry);
    if (entry.a_type == type) return entry.a_un.a_val;
  }
  return 0;
}

}  // namespace

UniqueFd OpenInside(HostPid task, const std::string& path, int flags) {
  const UniqueFd root(::open(PathOf(task, "root").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!root) return UniqueFd();
  open_how how{};
  how.flags = static_cast<uint64_t>(flags | O_CLOEXEC);
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  return UniqueFd(
      static_cast<int>(::syscall(SYS_openat2, root.get(), path.c_str(), &how, sizeof how)));
}

UniqueFd OpenExecutable(HostPid task, int flags) {
  return UniqueFd(::open(PathOf(task, "exe").c_str(), flags | O_CLOEXEC));
}

std::pair<uint64_t, uint64_t> LoaderOf(HostPid task) {
  const uint64_t base = AuxiliaryValue(task, AT_BASE);
  if (base == 0) return {0, 0};
  // Its segments are told behind its header.
  const std::string file = ReadMemory(task, base, 4096);
  Elf64_Ehdr header{};
  if (file.size() < sizeof header) return {0, 0};
  __builtin_memcpy(&header, file.data(), sizeof header);
  uint64_t end = 0;
  for (size_t i = 0; i < header.e_phnum; ++i) {
    const size_t at = header.e_phoff + i * sizeof(Elf64_Phdr);
    Elf64_Phdr segment{};
    if (at + sizeof segment > file.size()) break;
    __builtin_memcpy(&segment, file.data() + at, sizeof segment);
    if (segment.p_type == PT_LOAD) end = std::max(end, segment.p_vaddr + segment.p_memsz);
  }
  return {base, base + end};
}

std::string ExecutedPath(HostPid task) { return ReadString(task, AuxiliaryValue(task, AT_EXECFN)); }

std::vector<std::string> StringsOf(HostPid task, const char* name) {
  std::vector<std::string> strings;
  const std::string text = ReadProc(PathOf(task, name).c_str());
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\0', at), text.size());
    strings.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return strings;
}

// The name before it is in parentheses and may hold anything.
char StateIn(std::string_view stat) {
  const size_t end_of_name = stat.rfind(')');
  return end_of_name != std::string_view::npos && end_of_name + 2 < stat.size()
             ? stat[end_of_name + 2]
             : 'X';
}

uint64_t SwitchesOf(HostPid task) {
  uint64_t switches = 0;
  EachField(ReadProc(PathOf(task, "status").c_str()),
            [&](std::string_view name, std::string_view value) {
              if (name.ends_with("voluntary_ctxt_switches"))
                switches += LeadingNumber<uint64_t>(value);
            });
  return switches;
}

std::optional<Duration> ProcessorTimeOfRunnable(HostPid task) {
  if (StateIn(ReadProc(PathOf(task, "stat").c_str())) != 'R') return std::nullopt;
  return HadProcessor(task);
}

uint64_t DeliverableSignals(HostPid task) {
  const auto status = StatusOf(task);
  if (!status) return 0;
  return (status->pending | status->shared_pending) & ~status->blocked & ~status->ignored;
}

std::optional<Pid> PidOfPidfd(HostPid task, int fd) {
  const std::string text = ReadProc(PathOf(task, ("fdinfo/" + std::to_string(fd)).c_str()).c_str());
  std::optional<Pid> pid;
  EachField(text, [&](std::string_view name, std::string_view value) {
    if (name == "NSpid" && !PidsIn(value).empty()) pid = PidsIn(value).back();
  });
  return pid;
}

std::optional<int> FlagsOf(HostPid task, int fd) {
  const std::string text = ReadProc(PathOf(task, ("fdinfo/" + std::to_string(fd)).c_str()).c_str());
  std::optional<int> flags;
  EachField(text, [&](std::string_view name, std::string_view value) {
    if (name != "flags") return;
    constexpr int kOctal = 8;
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    int number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number, kOctal);
    flags = number;
  });
  return flags;
}

namespace {

const std::map<int, int>& PathArguments() {
  static const std::map<int, int> arguments{
      {SYS_execve, 0},   {SYS_execveat, 1},  {SYS_open, 0},      {SYS_openat, 1},
      {SYS_openat2, 1},  {SYS_stat, 0},      {SYS_lstat, 0},     {SYS_newfstatat, 1},
      {SYS_statx, 1},    {SYS_access, 0},    {SYS_faccessat, 1}, {SYS_faccessat2, 1},
      {SYS_readlink, 0}, {SYS_readlinkat, 1}};
  return arguments;
}

}  // namespace

int PathArgumentOf(int call) {
  const auto found = PathArguments().find(call);
  return found == PathArguments().end() ? -1 : found->second;
}

std::vector<int> CallsWithPaths() {
  std::vector<int> calls;
  for (const auto& [call, argument] : PathArguments()) calls.push_back(call);
  return calls;
}

namespace {

// Besides those above, what changes a file by its name; of a symbolic link what it says too.
const std::map<int, std::vector<int>>& ChangingPaths() {
  static const std::map<int, std::vector<int>> arguments{
      {SYS_chdir, {0}},        {SYS_mkdir, {0}},
      {SYS_mkdirat, {1}},      {SYS_rmdir, {0}},
      {SYS_unlink, {0}},       {SYS_unlinkat, {1}},
      {SYS_rename, {0, 1}},    {SYS_renameat, {1, 3}},
      {SYS_renameat2, {1, 3}}, {SYS_link, {0, 1}},
      {SYS_linkat, {1, 3}},    {SYS_symlink, {0, 1}},
      {SYS_symlinkat, {0, 2}}, {SYS_mknod, {0}},
      {SYS_mknodat, {1}},      {SYS_creat, {0}},
      {SYS_truncate, {0}},     {SYS_chmod, {0}},
      {SYS_fchmodat, {1}},     {SYS_chown, {0}},
      {SYS_lchown, {0}},       {SYS_fchownat, {1}},
      {SYS_utime, {0}},        {SYS_utimes, {0}},
      {SYS_futimesat, {1}},    {SYS_utimensat, {1}},
      {SYS_statfs, {0}},       {SYS_inotify_add_watch, {1}}};
  return arguments;
}

}  // namespace

std::vector<int> PathArgumentsOf(int call) {
  if (const int argument = PathArgumentOf(call); argument >= 0) return {argument};
  const auto found = ChangingPaths().find(call);
  return found == ChangingPaths().end() ? std::vector<int>() : found->second;
}

std::vector<int> CallsOfFiles() {
  std::vector<int> calls = CallsWithPaths();
  for (const auto& [call, arguments] : ChangingPaths()) calls.push_back(call);
  return calls;
}

std::vector<int> SignalsIn(uint64_t set) {
  std::vector<int> signals;
  for (int signal = 1; signal <= 64; ++signal) {
    if ((set >> (signal - 1) & 1) != 0) signals.push_back(signal);
  }
  return signals;
}

}  // namespace plumbline::trace
