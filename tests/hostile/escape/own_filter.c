// SPDX-License-Identifier: MIT
// Puts a filter of its own before the grader's: calls that nobody asked for stop the tracer, others fail.
#include "attack.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>

static void attack(void) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EBADMSG),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpid, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | 0x1234),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof code / sizeof *code, code};
  told("filter", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program));
  for (int i = 0; i < 1000; ++i) syscall(SYS_getpid);
  told("own number", syscall(SYS_getpid));
  told("parent", syscall(SYS_getppid));
}
