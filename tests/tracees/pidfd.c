// SPDX-License-Identifier: MIT
// Ends a child by its pidfd and waits for it by that.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  siginfo_t info = {0};
  const pid_t child = fork();
  if (child == 0)
    while (1) pause();
  const int fd = (int)syscall(SYS_pidfd_open, child, 0);
  syscall(SYS_pidfd_send_signal, fd, SIGTERM, NULL, 0);
  waitid((idtype_t)P_PIDFD, (id_t)fd, &info, WEXITED);
  printf("%d %d\n", info.si_code == CLD_KILLED, info.si_status);
  return 0;
}
