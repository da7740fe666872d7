// SPDX-License-Identifier: MIT
// Makes a child that the tracer is not told of, and one that is its parent's.
#include "attack.h"

#include <sched.h>

static void attack(void) {
  const long hidden = syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0, 0, 0, 0);
  if (hidden == 0) _exit(3);
  told("untraced", hidden);
  // init's child, not ours; it is traced like all.
  const long sibling = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
  if (sibling == 0) _exit(3);
  told("sibling", sibling);
  told("wait", waitpid((pid_t)sibling, NULL, 0));
}
