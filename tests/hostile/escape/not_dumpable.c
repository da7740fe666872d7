// SPDX-License-Identifier: MIT
// Closes its insides to whoever has no privileges, the tracer too (PR_SET_DUMPABLE), then leaks descriptors.
#include "attack.h"

static void attack(void) {
  int ends[2];
  told("not dumpable", prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
  (void)!pipe(ends);
  const pid_t child = fork();
  if (child == 0) {
    (void)!pipe(ends);
    _exit(0);
  }
  waitpid(child, NULL, 0);
  (void)!write(open("answer", O_WRONLY | O_CREAT, 0644), "42\n", 3);
}
