// SPDX-License-Identifier: MIT
// What this machine can offer is found by doing it: settings lie by omission (AppArmor lets the
// clone succeed and the first mount fail), a program that ran does not.
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>

#include "base/io.h"
#include "base/pipe.h"
#include "base/text.h"
#include "sandbox/cgroup.h"
#include "sandbox/landlock.h"
#include "sandbox/policy.h"
#include "sandbox/sandbox.h"

namespace plumbline::sandbox {
namespace {

// A kernel setting that stands in the way when it has this value.
struct Obstacle {
  const char* file;
  const char* value;
  const char* advice;
};
constexpr Obstacle kObstacles[] = {
    {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1",
     "AppArmor: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or the profile "
     "plumbline.apparmor (share/plumbline, ci/install): it says how to load it"},
    {"/proc/sys/kernel/unprivileged_userns_clone", "0",
     "sudo sysctl -w kernel.unprivileged_userns_clone=1"},
    {"/proc/sys/user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=15000"},
};

constexpr const char* kContainerMarks[] = {"/.dockerenv", "/run/.containerenv"};
constexpr char kContainerAdvice[] =
    "in a container: --security-opt seccomp=unconfined --security-opt apparmor=unconfined "
    "--security-opt systempaths=unconfined";

std::string Setting(const char* file) {
  std::string text = ReadProc(file);
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

// Runs /bin/true in a sandbox of this rung, with the policy's filter.
Status Try(Rung rung) {
  TRY_ASSIGN(Sandbox box, Sandbox::Create({.rung = rung, .limits = {}, .hidden_paths = {}}));
  Program program;
  program.argv = {"/bin/true"};
  TRY_ASSIGN(program.filter, MakeFilter({}));
  TRY_ASSIGN(Started started, box.Start(program));
  TRY(started.Proceed());
  TRY_ASSIGN(const std::optional<Sandbox::End> end, box.WaitFor(started, std::chrono::seconds(10)));
  if (!end) return Fail("/bin/true did not end in a sandbox");
  if (const auto failure = started.Failure()) return std::unexpected(*failure);
  if (end->status != 0 || end->killed_by != 0) return Fail("/bin/true failed in a sandbox");
  return {};
}

// A supervisor of root makes namespaces without a user namespace around them (capabilities(7)); in
// many containers root may not.
Status RootHasItsRights() {
  if (::geteuid() != 0) return {};
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> rights{};
  if (::syscall(SYS_capget, &header, rights.data()) < 0) return ErrnoError("capget");
  if ((rights[0].effective & (1U << CAP_SYS_ADMIN)) != 0) return {};
  return Fail("root has no CAP_SYS_ADMIN here",
              "run it as another account, or give the container that right (--cap-add SYS_ADMIN)");
}

// In a process of its own, which gives up what a supervisor of rung C gives up.
Status InShared(const std::function<Status()>& attempt) {
  TRY_ASSIGN(Pipe answer, MakePipe());
  const pid_t child = ::fork();
  if (child < 0) return ErrnoError("fork");
  if (child == 0) {
    Status tried = EnterSharedWorld();
    if (tried) tried = attempt();
    if (!tried)
      (void)WriteAll(answer.writer.get(), tried.error().message + "\n" + tried.error().hint);
    ::_exit(tried ? 0 : 1);
  }
  answer.writer.Reset();
  const auto said = ReadAll(answer.reader.get(), KiB(64));
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (status == 0) return {};
  const std::string text = said ? *said : said.error().message;
  const size_t line = std::min(text.find('\n'), text.size());
  return Fail(text.substr(0, line), text.substr(std::min(line + 1, text.size())));
}

Status TryShared() {
  return InShared([] { return Try(Rung::kC); });
}

// pidfd_getfd(2), from a child, as a tracer from its tracees.
Status TakeUpDescriptor() {
  TRY_ASSIGN(Pipe pipe, MakePipe());
  const pid_t child = ::fork();
  if (child < 0) return ErrnoError("fork");
  if (child == 0) {
    pipe.writer.Reset();
    char none = 0;
    (void)::read(pipe.reader.get(), &none, 1);
    ::_exit(0);
  }
  constexpr unsigned kThread = O_EXCL;  // PIDFD_THREAD, Linux 6.9
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, child, kThread)));
  const UniqueFd copy(
      static_cast<int>(::syscall(SYS_pidfd_getfd, pidfd.get(), pipe.reader.get(), 0)));
  const int error = errno;
  pipe.writer.Reset();
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  if (copy) return {};
  Error refused = ErrnoError("pidfd_getfd", error).error();
  refused.hint = "in a container: --cap-add SYS_PTRACE, by which its filter lets this call through";
  return std::unexpected(refused);
}

std::string YesOrWhy(const Status& status) {
  return status ? "yes" : "no: " + Escaped(status.error().message);
}

void AdviseOnNamespaces(Probe& probe) {
  for (const auto& [file, value, advice] : kObstacles) {
    if (Setting(file) == value) probe.advice.emplace_back(advice);
  }
  for (const char* mark : kContainerMarks) {
    if (::access(mark, F_OK) != 0) continue;
    probe.advice.emplace_back(kContainerAdvice);
    break;
  }
}

}  // namespace

Status CanShareNetwork() { return InShared(TakeUpDescriptor); }

Rung BestRung() {
  if (RootHasItsRights()) {
    if (Try(Rung::kA)) return Rung::kA;
    if (Try(Rung::kB)) return Rung::kB;
  }
  return TryShared() ? Rung::kC : Rung::kUnsafe;
}

Probe ProbeMachine() {
  Probe probe;
  utsname system{};
  ::uname(&system);
  probe.facts.push_back(std::string("kernel: ") + system.sysname + " " + system.release + ", " +
                        system.machine);
  // A is B and a cgroup: where it can be had, so can B.
  const Status rights = RootHasItsRights();
  const Status group = rights ? Try(Rung::kA) : rights;
  const Status namespaces = group || !rights ? group : Try(Rung::kB);
  const Status shared = TryShared();
  probe.facts.push_back("user namespaces: " + YesOrWhy(namespaces));
  probe.facts.push_back("Landlock: level " + std::to_string(LandlockLevel()) +
                        "; isolation C: " + YesOrWhy(shared));
  if (shared) probe.facts.push_back("sockets on isolation C: " + YesOrWhy(CanShareNetwork()));
  if (!namespaces) {
    if (shared) probe.best = Rung::kC;
    if (!shared && !shared.error().hint.empty())
      probe.advice.push_back("for isolation C: " + shared.error().hint);
    if (!rights) probe.advice.push_back(rights.error().hint);
    AdviseOnNamespaces(probe);
    return probe;
  }
  probe.best = Rung::kB;
  probe.facts.push_back("cgroup limits: " + YesOrWhy(group));
  if (group) {
    probe.best = Rung::kA;
  } else if (!group.error().hint.empty()) {
    probe.advice.push_back("for isolation A: " + group.error().hint);
  }
  const bool small_tables = ::access("/proc/sys/net/ipv4/tcp_child_ehash_entries", F_OK) == 0;
  probe.facts.push_back(std::string("small TCP tables: ") +
                        (small_tables ? "yes" : "no (Linux 6.1 has them)"));
  return probe;
}

}  // namespace plumbline::sandbox
