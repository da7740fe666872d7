// SPDX-License-Identifier: MIT
#include "sandbox/confined.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <string>
#include <vector>

#include "base/io.h"
#include "sandbox/init.h"
#include "sandbox/privileges.h"

namespace plumbline::sandbox {
namespace {

constexpr rlim_t kDescriptors = 16;

// An account that owns nothing (nobody); who is not root stays who it is, and can do no more.
constexpr unsigned kNobody = 65534;

void GiveUpIdentity() {
  if (::geteuid() != 0) return;
  (void)::syscall(SYS_setgroups, 0, nullptr);
  (void)::syscall(SYS_setresgid, kNobody, kNobody, kNobody);
  (void)::syscall(SYS_setresuid, kNobody, kNobody, kNobody);
}

uint64_t AddressSpaceNow() {
  const std::string sizes = ReadProc("/proc/self/statm");
  uint64_t pages = 0;
  std::from_chars(sizes.data(), sizes.data() + sizes.size(), pages);
  return pages * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

bool Limit(__rlimit_resource resource, rlim_t most) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) < 0) return false;
  limit.rlim_max = std::min(limit.rlim_max, most);
  limit.rlim_cur = limit.rlim_max;
  return ::setrlimit(resource, &limit) == 0;
}

bool LimitItself(const Confinement& confinement) {
  return Limit(RLIMIT_AS, AddressSpaceNow() + confinement.memory.count) &&
         Limit(RLIMIT_CPU, confinement.processor_seconds) && Limit(RLIMIT_NOFILE, kDescriptors) &&
         Limit(RLIMIT_CORE, 0) && Limit(RLIMIT_FSIZE, 0) && Limit(RLIMIT_NPROC, 0);
}

constexpr uint32_t kRefused = SECCOMP_RET_ERRNO | EPERM;

// To take requests, to answer, to read what it was given, memory, and to end. It has no way to get
// at another file, and none to reach another process.
constexpr uint32_t kAllowed[] = {
    SYS_recvmsg, SYS_sendto, SYS_read,   SYS_pread64,    SYS_lseek,        SYS_fstat,
    SYS_close,   SYS_brk,    SYS_munmap, SYS_mremap,     SYS_madvise,      SYS_futex,
    SYS_getpid,  SYS_gettid, SYS_exit,   SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigprocmask,
};
// And memory that holds no code.
constexpr uint32_t kForMemory[] = {SYS_mmap, SYS_mprotect};
// fstat(3) of the C library is this call with AT_EMPTY_PATH.
constexpr uint32_t kForStat = SYS_newfstatat;

constexpr uint32_t LowHalf(size_t argument) {
  return static_cast<uint32_t>(offsetof(seccomp_data, args) + 8 * argument);
}

std::string Filter() {
  std::vector<sock_filter> code;
  const auto load = [&](uint32_t offset) {
    code.push_back({BPF_LD | BPF_W | BPF_ABS, 0, 0, offset});
  };
  const auto leave = [&](uint32_t action) { code.push_back({BPF_RET | BPF_K, 0, 0, action}); };
  // The next instruction, or so many behind it.
  const auto unless = [&](uint16_t test, uint32_t value, uint8_t skip) {
    code.push_back({static_cast<uint16_t>(BPF_JMP | test | BPF_K), 0, skip, value});
  };
  load(offsetof(seccomp_data, arch));
  code.push_back({BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AUDIT_ARCH_X86_64});
  leave(SECCOMP_RET_KILL_PROCESS);
  load(offsetof(seccomp_data, nr));
  for (const uint32_t call : kAllowed) {
    unless(BPF_JEQ, call, 1);
    leave(SECCOMP_RET_ALLOW);
  }
  for (const uint32_t call : kForMemory) {
    unless(BPF_JEQ, call, 4);
    load(LowHalf(2));
    unless(BPF_JSET, PROT_EXEC, 1);
    leave(kRefused);
    leave(SECCOMP_RET_ALLOW);
  }
  unless(BPF_JEQ, kForStat, 3);
  load(LowHalf(3));
  unless(BPF_JEQ, AT_EMPTY_PATH, 1);
  leave(SECCOMP_RET_ALLOW);
  leave(kRefused);
  return {reinterpret_cast<const char*>(code.data()), code.size() * sizeof(sock_filter)};
}

}  // namespace

bool Confine(const Confinement& confinement, std::initializer_list<UniqueFd*> kept) {
  KeepOnly(kept);
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  GiveUpIdentity();
  // After the change of identity, which clears it. Should the parent be dead already, the
  // socket ends.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_DUMPABLE, 0);
  ::prctl(PR_SET_NAME, confinement.name);
  return LimitItself(confinement) && DropPrivileges() && InstallFilter(Filter());
}

}  // namespace plumbline::sandbox
