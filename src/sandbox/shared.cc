// SPDX-License-Identifier: MIT
#include "sandbox/shared.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "base/io.h"
#include "sandbox/etc.h"

namespace plumbline::sandbox {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kNobody = 65534;
constexpr std::string_view kParent = "/tmp";
constexpr std::string_view kPrefix = "plumbline-";

Status PutEtc(const std::string& base) {
  const std::string etc = base + "/etc/";
  if (::mkdir(etc.c_str(), 0755) < 0) return ErrnoError("mkdir " + etc);
  for (const auto& [name, content] : EtcFiles(::geteuid(), ::getegid(), base + "/lab")) {
    const std::string path = etc + name;
    const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!file) return ErrnoError("create " + path);
    TRY(WriteAll(file.get(), content));
  }
  return {};
}

// The numbers of all processes.
std::vector<pid_t> Processes() {
  std::vector<pid_t> processes;
  const std::unique_ptr<DIR, int (*)(DIR*)> proc(::opendir("/proc"), ::closedir);
  while (const dirent* entry = proc ? ::readdir(proc.get()) : nullptr) {
    const std::string_view name = entry->d_name;
    pid_t pid = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ec == std::errc())
      processes.push_back(pid);
  }
  return processes;
}

struct Kin {
  pid_t parent = 0;
  char state = 'X';
};
// "17 (cat) S 16 ...": the name may hold anything.
Kin KinOf(pid_t process) {
  const std::string stat = ReadProc(("/proc/" + std::to_string(process) + "/stat").c_str());
  const size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream fields(stat.substr(name_end + 1));
  Kin kin;
  fields >> kin.state >> kin.parent;
  return kin;
}

// Those that have not ended.
std::vector<pid_t> LivingBelow(pid_t reaper) {
  std::map<pid_t, Kin> all;
  for (const pid_t process : Processes()) all[process] = KinOf(process);
  std::set<pid_t> below{reaper};
  for (size_t before = 0; before != below.size();) {
    before = below.size();
    for (const auto& [process, kin] : all) {
      if (below.contains(kin.parent)) below.insert(process);
    }
  }
  below.erase(reaper);
  std::erase_if(below, [&](pid_t process) {
    const char state = all[process].state;
    return state == 'Z' || state == 'X';
  });
  return {below.begin(), below.end()};
}

void ReapTracees() {
  int status = 0;
  pid_t pid = 0;
  while ((pid = ::waitpid(-1, &status, __WCLONE | WNOHANG)) > 0) {
    if (WIFSTOPPED(status)) ::ptrace(PTRACE_CONT, pid, nullptr, nullptr);
  }
}

void KillAndWait(pid_t process) {
  // Its number stays its own while it is nobody's to reap but ours or init's; a pidfd is of one
  // process alone.
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
  if (!pidfd) return;
  ::syscall(SYS_pidfd_send_signal, pidfd.get(), SIGKILL, nullptr, 0);
  pollfd ended{pidfd.get(), POLLIN, 0};
  constexpr int kMilliseconds = 10;  // between two looks after tracees, which end only then
  while (::poll(&ended, 1, kMilliseconds) == 0) ReapTracees();
}

bool IsPathEnd(char after) {
  return after == '/' || std::string_view("\0 :=,;'\"()", 10).contains(after);
}
bool IsPathBegin(char before) { return std::string_view(" :=,;'\"()<>").contains(before); }

}  // namespace

BaseFolder BaseFolder::Unused() {
  static int count = 0;
  while (true) {
    std::string path = std::string(kParent) + "/" + std::string(kPrefix) +
                       std::to_string(::getpid()) + "-" + std::to_string(++count);
    struct stat info{};
    if (::lstat(path.c_str(), &info) < 0) return BaseFolder(std::move(path));
  }
}

Status MakeFolder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) < 0) return ErrnoError("mkdir " + path);
  for (const char* name : kOwnFolders) {
    if (::mkdir((path + "/" + name).c_str(), 0755) < 0)
      return ErrnoError("mkdir " + path + "/" + name);
  }
  if (::mkdir((path + "/" + kSocketsFolder).c_str(), 0700) < 0)
    return ErrnoError("mkdir " + path + "/" + kSocketsFolder);
  return PutEtc(path);
}

BaseFolder::BaseFolder(BaseFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

BaseFolder::~BaseFolder() {
  if (!path_.empty()) RemoveFolder(path_);
}

// A program may have taken away its own rights on its folders.
void RemoveFolder(const std::string& path) {
  std::error_code ignored;
  fs::recursive_directory_iterator entries(path, ignored);
  if (ignored) ::chmod(path.c_str(), 0700);
  for (auto it = fs::recursive_directory_iterator(path, ignored);
       !ignored && it != fs::recursive_directory_iterator(); it.increment(ignored)) {
    if (it->is_directory(ignored) && !it->is_symlink(ignored))
      ::fchmodat(AT_FDCWD, it->path().c_str(), 0700, 0);
  }
  fs::remove_all(path, ignored);
}

namespace {

void RemoveOwnFoldersOfKilled() {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(kParent, ignored)) {
    const std::string name = entry.path().filename();
    pid_t owner = 0;
    if (!name.starts_with(kPrefix)) continue;
    std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), owner);
    struct stat info{};
    if (owner <= 0 || ::lstat(entry.path().c_str(), &info) < 0 || info.st_uid != ::geteuid())
      continue;
    if (::kill(owner, 0) < 0 && errno == ESRCH) RemoveFolder(entry.path());
  }
}

}  // namespace

Status LeaveRoot() {
  if (::geteuid() != 0) return {};
  // The plain calls: there is one thread.
  if (::syscall(SYS_setgroups, 0, nullptr) < 0) return ErrnoError("setgroups");
  if (::syscall(SYS_setresgid, kNobody, kNobody, kNobody) < 0) return ErrnoError("setresgid");
  if (::syscall(SYS_setresuid, kNobody, kNobody, kNobody) < 0) return ErrnoError("setresuid");
  // As after an exec; else /proc/PID belongs to root.
  ::prctl(PR_SET_DUMPABLE, 1);
  // The change of identity has cleared it.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) return ErrnoError("PR_SET_PDEATHSIG");
  return {};
}

bool IsNobody() { return ::geteuid() == kNobody; }

Status EnterSharedWorld() {
  TRY(LeaveRoot());
  RemoveOwnFoldersOfKilled();
  return {};
}

void RemoveFoldersOfKilled() {
  const pid_t child = ::fork();
  if (child == 0) {
    if (LeaveRoot()) RemoveOwnFoldersOfKilled();
    ::_exit(0);
  }
  while (child > 0 && ::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Result<World> CloneShared(const std::function<void()>& body) {
  int pidfd = -1;
  const long pid = ::syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, nullptr, &pidfd, nullptr, nullptr);
  if (pid == 0) {
    body();
    ::_exit(1);
  }
  if (pid < 0) return ErrnoError("clone");
  return World{HostPid{static_cast<pid_t>(pid)}, UniqueFd(pidfd)};
}

Status BecomeReaper() {
  if (::prctl(PR_SET_CHILD_SUBREAPER, 1) < 0) return ErrnoError("PR_SET_CHILD_SUBREAPER");
  ::prctl(PR_SET_DUMPABLE, 0);
  ::prctl(PR_SET_NAME, "init");
  if (::setsid() < 0) return ErrnoError("setsid");
  return {};
}

void KillBelow(HostPid reaper) {
  while (true) {
    ReapTracees();
    const std::vector<pid_t> living = LivingBelow(reaper.value);
    if (living.empty()) return;
    for (const pid_t process : living) ::kill(process, SIGKILL);
    for (const pid_t process : living) KillAndWait(process);
  }
}

int ThreadsOfAccount() {
  int threads = 0;
  for (const pid_t process : Processes()) {
    struct stat info{};
    const std::string tasks = "/proc/" + std::to_string(process) + "/task";
    // A folder has a link for each folder in it, and two of its own.
    if (::stat(tasks.c_str(), &info) == 0 && info.st_uid == ::geteuid())
      threads += static_cast<int>(info.st_nlink) - 2;
  }
  return threads;
}

std::string WithBase(const std::string& text, const std::string& base) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const bool begins = at == 0 || IsPathBegin(text[at - 1]);
    const bool ours = begins && std::ranges::any_of(kOwnFolders, [&](std::string_view folder) {
                        if (!rest.starts_with('/') || !rest.substr(1).starts_with(folder))
                          return false;
                        const size_t end = 1 + folder.size();
                        return end == rest.size() || IsPathEnd(rest[end]);
                      });
    if (ours) result += base;
    result += text[at++];
  }
  return result;
}

std::string WithoutBase(std::string text, const std::string& base) {
  if (base.empty()) return text;
  for (size_t at = text.find(base); at != std::string::npos; at = text.find(base, at))
    text.erase(at, base.size());
  return text;
}

Program InFolder(Program program, const std::string& base) {
  for (std::string& word : program.argv) word = WithBase(word, base);
  for (std::string& line : program.env) line = WithBase(line, base);
  program.path = WithBase(program.path, base);
  program.directory = WithBase(program.directory, base);
  // What tools write beside their work: /tmp itself is the machine's.
  program.env.push_back("TMPDIR=" + base + "/tmp");
  return program;
}

}  // namespace plumbline::sandbox
