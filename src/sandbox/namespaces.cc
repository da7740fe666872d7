// SPDX-License-Identifier: MIT
#include "sandbox/namespaces.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <net/if.h>
#include <sched.h>
#include <sys/fsuid.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include "sandbox/sandbox.h"

namespace plumbline::sandbox {
namespace {

constexpr uint64_t kAllNamespaces = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET |
                                    CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

// Accounts that own nothing on this machine: the first is in the range that systemd's UIDs-GIDs
// leaves unused, the second (nobody) is mapped in containers with the usual 65536 ids. A
// supervisor's children have its number too: the zygote makes files for them.
const std::array<unsigned, 2>& OuterIds() {
  constexpr unsigned kUnused = 1'900'000'000;
  static const std::array<unsigned, 2> ids{kUnused + static_cast<unsigned>(::getpid()), 65534};
  return ids;
}

constexpr char kUserNamespaceHint[] =
    "user namespaces are off for this account: sysctl user.max_user_namespaces, "
    "kernel.unprivileged_userns_clone and kernel.apparmor_restrict_unprivileged_userns";

// /proc wants its small files written by one write(2).
Status WriteSetting(const std::string& path, std::string_view value) {
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!fd) return ErrnoError("open " + path);
  if (::write(fd.get(), value.data(), value.size()) < 0) return ErrnoError("write " + path);
  return {};
}

std::string Map(unsigned inside, unsigned outside) {
  return std::to_string(inside) + " " + std::to_string(outside) + " 1";
}

Status MapIds(const std::string& process, unsigned inside, unsigned user, unsigned group) {
  TRY(WriteSetting(process + "/uid_map", Map(inside, user)));
  return WriteSetting(process + "/gid_map", Map(inside, group));
}

}  // namespace

namespace {

Result<World> Clone(clone_args arguments, const std::function<void()>& body) {
  int pidfd = -1;
  arguments.flags |= CLONE_PIDFD | CLONE_CLEAR_SIGHAND;
  arguments.pidfd = reinterpret_cast<uint64_t>(&pidfd);
  const long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
  if (pid == 0) {
    body();
    ::_exit(1);
  }
  if (pid < 0) {
    auto failure = ErrnoError("clone3 with new namespaces");
    Error error = failure.error();
    error.hint = kUserNamespaceHint;
    return std::unexpected(error);
  }
  return World{HostPid{static_cast<pid_t>(pid)}, UniqueFd(pidfd)};
}

}  // namespace

Result<World> CloneWorld(const std::function<void()>& body) {
  return Clone({.flags = kAllNamespaces, .exit_signal = SIGCHLD}, body);
}

// clone(2): a child of our parent's ends with the signal that we end with, SIGCHLD.
Result<World> CloneWorldForParent(const std::function<void()>& body) {
  return Clone({.flags = (kAllNamespaces & ~uint64_t{CLONE_NEWNET}) | CLONE_PARENT}, body);
}

Status MapStudent(HostPid init) {
  const std::string process = "/proc/" + std::to_string(init.value);
  Status mapped;
  if (::geteuid() == 0) {
    for (const unsigned outer : OuterIds()) {
      mapped = MapIds(process, kStudent, outer, outer);
      if (mapped) return {};
    }
  } else {
    // Without privileges gid_map can be written only once setgroups(2) is forbidden.
    TRY(WriteSetting(process + "/setgroups", "deny"));
    mapped = MapIds(process, kStudent, ::geteuid(), ::getegid());
  }
  if (!mapped) mapped.error().hint = kUserNamespaceHint;
  return mapped;
}

void ChooseStudentsAccount() { (void)OuterIds(); }

// setfsuid(2): a call with no valid id changes nothing and tells the one that is set.
void MakeFilesAsStudent() {
  if (::geteuid() != 0) return;
  constexpr auto kNone = static_cast<uid_t>(-1);
  for (const unsigned outer : OuterIds()) {
    ::setfsgid(outer);
    ::setfsuid(outer);
    if (static_cast<unsigned>(::setfsuid(kNone)) == outer) return;
  }
}

void MakeFilesAsSelf() {
  ::setfsuid(::geteuid());
  ::setfsgid(::getegid());
}

Status BecomeStudent() {
  // The plain calls: the C library's own would talk to threads that a clone does not have. The
  // first one fails where setgroups is denied: then the groups outside are worth nothing inside.
  (void)::syscall(SYS_setgroups, 0, nullptr);
  if (::syscall(SYS_setresgid, kStudent, kStudent, kStudent) < 0) return ErrnoError("setresgid");
  if (::syscall(SYS_setresuid, kStudent, kStudent, kStudent) < 0) return ErrnoError("setresuid");
  return {};
}

Status NameHost() {
  constexpr std::string_view kName = "lab";
  if (::sethostname(kName.data(), kName.size()) < 0) return ErrnoError("sethostname");
  return {};
}

// inotify(7): an account may usually have 128 instances, its editor's and its other runs' among
// them.
Status LimitCounts() {
  constexpr std::pair<const char*, const char*> kCounts[] = {
      {"proc/sys/user/max_inotify_instances", "16"}, {"proc/sys/user/max_inotify_watches", "1024"}};
  for (const auto& [path, most] : kCounts) TRY(WriteSetting(path, most));
  return {};
}

Status OpenNetwork() {
  const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket) return ErrnoError("socket");
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (::ioctl(socket.get(), SIOCSIFFLAGS, &request) < 0) return ErrnoError("bring up loopback");
  return WriteSetting("/proc/sys/net/ipv4/ip_unprivileged_port_start", "0");
}

namespace {

// What all sandboxes of a supervisor have together: a user namespace keeps its maker's limits for
// those that the kernel counts from it outwards.
void RaiseOwnLimits() {
  for (const auto resource : {RLIMIT_MSGQUEUE, RLIMIT_SIGPENDING, RLIMIT_MEMLOCK}) {
    rlimit limit{RLIM_INFINITY, RLIM_INFINITY};
    if (::setrlimit(resource, &limit) == 0) continue;
    if (::getrlimit(resource, &limit) < 0) continue;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(resource, &limit);
  }
}

}  // namespace

Status EnterSupervisorNamespaces() {
  ChooseStudentsAccount();
  RaiseOwnLimits();
  const unsigned user = ::geteuid();
  const unsigned group = ::getegid();
  const int user_namespace = user == 0 ? 0 : CLONE_NEWUSER;
  if (::unshare(user_namespace | CLONE_NEWNET) < 0) {
    Error error = ErrnoError("unshare").error();
    error.hint = kUserNamespaceHint;
    return std::unexpected(error);
  }
  if (user_namespace != 0) {
    TRY(WriteSetting("/proc/self/setgroups", "deny"));
    TRY(WriteSetting("/proc/self/uid_map", Map(user, user)));
    TRY(WriteSetting("/proc/self/gid_map", Map(group, group)));
  }
  // Since Linux 6.1: children of this network namespace get TCP tables of 64 buckets, so that
  // reading /proc/net/tcp takes microseconds and not the walk over the machine's whole table. Older
  // kernels do without.
  const Status small = WriteSetting("/proc/sys/net/ipv4/tcp_child_ehash_entries", "64");
  if (!small && small.error().code != ENOENT && small.error().code != EROFS) return small;
  return {};
}

}  // namespace plumbline::sandbox
