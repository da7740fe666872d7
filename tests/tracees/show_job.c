// SPDX-License-Identifier: MIT
// On a terminal: prints what job control makes of it, stops itself as ctrl-z would, and goes on.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  printf("terminal %d\n", isatty(0) && isatty(1) && isatty(2));
  printf("foreground %d\n", tcgetpgrp(0) == getpgrp());
  printf("own group %d\n", getpgrp() == getpid());
  printf("session of parent %d\n", getsid(0) == getppid());
  fflush(stdout);
  kill(getpid(), SIGTSTP);
  printf("continued\n");
  return 0;
}
