// SPDX-License-Identifier: MIT
#include "sandbox/sweeper.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <sstream>

#include "base/io.h"
#include "sandbox/init.h"

namespace plumbline::sandbox {
namespace {

using Clock = std::chrono::steady_clock;

// Far more than processes need to die.
constexpr std::chrono::seconds kPatience(20);

// What is left in a group dies with its init, and that with us; waits for it.
void AwaitEnds(const std::string& group) {
  std::istringstream processes(ReadProc((group + "/cgroup.procs").c_str()));
  for (pid_t pid = 0; processes >> pid;) {
    const UniqueFd end(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (!end) continue;
    ::kill(pid, SIGKILL);
    pollfd ended{end.get(), POLLIN, 0};
    ::poll(&ended, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count()));
  }
}

// The kernel tells nobody when the last dead process has left a group (cgroups(7)).
void Remove(const std::string& group, Clock::time_point until) {
  while (::rmdir(group.c_str()) < 0 && errno == EBUSY && Clock::now() < until) {
    AwaitEnds(group);
    ::sched_yield();
  }
}

void Sweep(const std::string& folder, const std::string& prefix) {
  DIR* const directory = ::opendir(folder.c_str());
  if (directory == nullptr) return;
  const Clock::time_point until = Clock::now() + kPatience;
  while (const dirent* entry = ::readdir(directory)) {
    const std::string name = entry->d_name;
    if (name.starts_with(prefix)) Remove(folder + "/" + name, until);
  }
  ::closedir(directory);
}

[[noreturn]] void Run(UniqueFd lifeline, const std::vector<std::string>& folders,
                      const std::string& prefix) {
  // Not with the terminal, nor with whoever kills the group.
  ::setsid();
  ::prctl(PR_SET_PDEATHSIG, 0);
  ::prctl(PR_SET_NAME, "sweeper");
  KeepOnly({&lifeline});
  char nothing = 0;
  while (::read(lifeline.get(), &nothing, 1) < 0 && errno == EINTR) {
  }
  for (const std::string& folder : folders) Sweep(folder, prefix);
  ::_exit(0);
}

}  // namespace

Sweeper::Sweeper(const std::vector<std::string>& folders, const std::string& prefix)
    : owner_(::getpid()) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) return;
  UniqueFd theirs(ends[0]);
  lifeline_.Reset(ends[1]);
  process_ = ::fork();
  if (process_ == 0) Run(std::move(theirs), folders, prefix);
}

Sweeper::~Sweeper() {
  if (process_ <= 0 || owner_ != ::getpid()) return;
  ::kill(process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace plumbline::sandbox
