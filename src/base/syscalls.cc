// SPDX-License-Identifier: MIT
#include "base/syscalls.h"

#include <seccomp.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstdlib>

namespace plumbline {
namespace {

struct Family {
  std::string_view word;
  std::vector<int> calls;
};

const std::vector<Family>& Families() {
  static const std::vector<Family> families{
      {"fork", {SYS_fork, SYS_vfork, SYS_clone, SYS_clone3}},
      {"exec", {SYS_execve, SYS_execveat}},
      {"wait", {SYS_wait4, SYS_waitid}},
      {"read",
       {SYS_read, SYS_readv, SYS_pread64, SYS_preadv, SYS_preadv2, SYS_recvfrom, SYS_recvmsg,
        SYS_recvmmsg}},
      {"write",
       {SYS_write, SYS_writev, SYS_pwrite64, SYS_pwritev, SYS_pwritev2, SYS_sendto, SYS_sendmsg,
        SYS_sendmmsg, SYS_sendfile, SYS_splice, SYS_tee, SYS_vmsplice, SYS_copy_file_range}},
      {"open", {SYS_open, SYS_openat, SYS_openat2, SYS_creat}},
      {"pipe", {SYS_pipe, SYS_pipe2}},
      {"connect", {SYS_connect}},
      {"accept", {SYS_accept, SYS_accept4}},
      {"poll",
       {SYS_poll, SYS_ppoll, SYS_select, SYS_pselect6, SYS_epoll_wait, SYS_epoll_pwait,
        SYS_epoll_pwait2}},
      {"sleep", {SYS_nanosleep, SYS_clock_nanosleep}},
      {"kill",
       {SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo,
        SYS_pidfd_send_signal}},
  };
  return families;
}

}  // namespace

std::string SyscallName(int number) {
  char* name = ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_X86_64, number);
  if (name == nullptr) return "syscall " + std::to_string(number);
  std::string text(name);
  std::free(name);
  return text;
}

std::optional<int> SyscallNumber(std::string_view name) {
  const int number =
      ::seccomp_syscall_resolve_name_arch(SCMP_ARCH_X86_64, std::string(name).c_str());
  if (number < 0) return std::nullopt;
  return number;
}

std::vector<int> SyscallsNamed(std::string_view word) {
  const auto& families = Families();
  const auto family = std::ranges::find(families, word, &Family::word);
  if (family != families.end()) return family->calls;
  if (const auto number = SyscallNumber(word)) return {*number};
  return {};
}

std::string_view SyscallFamily(int number) {
  for (const Family& family : Families()) {
    if (std::ranges::find(family.calls, number) != family.calls.end()) return family.word;
  }
  return "";
}

std::vector<std::string> SyscallFamilies() {
  std::vector<std::string> words;
  for (const Family& family : Families()) words.emplace_back(family.word);
  return words;
}

}  // namespace plumbline
