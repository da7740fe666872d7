// SPDX-License-Identifier: MIT
// Takes descriptors out of init, on which the grader talks to it, and signals init by its pidfd.
#include "attack.h"

static void attack(void) {
  const int init = (int)syscall(SYS_pidfd_open, 1, 0);
  told("open init", init);
  for (int fd = 0; fd < 8; ++fd) told("take", syscall(SYS_pidfd_getfd, init, fd, 0));
  // Sent, and without effect: the kernel gives pid 1 no signal that it does not handle.
  told("signal init", syscall(SYS_pidfd_send_signal, init, SIGKILL, NULL, 0));
  told("open outside", syscall(SYS_pidfd_open, outside_process, 0));
}
