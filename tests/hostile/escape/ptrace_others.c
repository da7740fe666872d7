// SPDX-License-Identifier: MIT
// Tries to trace init, its own child, the process outside, and to be traced by somebody else.
#include "attack.h"

#include <sys/ptrace.h>

static void attack(void) {
  told("attach init", ptrace(PTRACE_ATTACH, 1, 0, 0));
  told("seize init", ptrace(PTRACE_SEIZE, 1, 0, 0));
  told("attach outside", ptrace(PTRACE_ATTACH, outside_process, 0, 0));
  told("traceme", ptrace(PTRACE_TRACEME, 0, 0, 0));
  const pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  told("attach child", ptrace(PTRACE_ATTACH, child, 0, 0));
  told("seize child", ptrace(PTRACE_SEIZE, child, 0, 0));
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
}
