// SPDX-License-Identifier: MIT
// Tries to get capabilities in a user namespace of its own, which has had many of the kernel's holes.
#include "attack.h"

#include <linux/sched.h>
#include <sched.h>

static void attack(void) {
  struct clone_args arguments = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
  told("unshare user", unshare(CLONE_NEWUSER));
  told("unshare user and mounts", unshare(CLONE_NEWUSER | CLONE_NEWNS));
  told("unshare network", unshare(CLONE_NEWNET));
  told("unshare time", unshare(CLONE_NEWTIME));
  const long child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  told("clone user", child);
  const long other = syscall(SYS_clone3, &arguments, sizeof arguments);
  if (other == 0) _exit(0);
  told("clone3 user", other);
}
