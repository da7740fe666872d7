// SPDX-License-Identifier: MIT
// Puts a filter before the grader's that answers calls in the tracer's place.
#include "attack.h"

#include <linux/filter.h>
#include <linux/seccomp.h>

static void attack(void) {
  struct sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF)};
  struct sock_fprog program = {1, code};
  told("listener", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
                           &program));
  told("listener and log",
       syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
               SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_LOG, &program));
}
