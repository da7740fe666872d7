// SPDX-License-Identifier: MIT
// Leaves a daemon behind (own session, no parent, no default deaths), which holds standard output open,
// and ends. By then the daemon has ignored all signals that it can.
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
  int ready[2];
  if (pipe(ready) < 0) return 1;
  if (fork() == 0) {
    if (setsid() < 0 || fork() != 0) _exit(1);
    for (int number = 1; number < NSIG; ++number) signal(number, SIG_IGN);
    (void)!write(ready[1], "r", 1);
    for (;;) pause();
  }
  char byte;
  return read(ready[0], &byte, 1) == 1 ? 0 : 1;
}
