// SPDX-License-Identifier: MIT
// Asks for a ring on which the kernel does calls that no filter sees.
#include "attack.h"

#include <linux/io_uring.h>

static void attack(void) {
  struct io_uring_params parameters = {0};
  told("setup", syscall(SYS_io_uring_setup, 8, &parameters));
  told("enter", syscall(SYS_io_uring_enter, 0, 1, 1, 0, NULL, 0));
  told("register", syscall(SYS_io_uring_register, 0, 0, NULL, 0));
  const long old = syscall(SYS_io_setup, 8, &(unsigned long){0});
  told("old aio", old < 0 ? -1 : 0);
}
