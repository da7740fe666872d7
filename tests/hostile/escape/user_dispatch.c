// SPDX-License-Identifier: MIT
// Sends its own calls to a handler in place of the kernel (PR_SET_SYSCALL_USER_DISPATCH): they are then no calls.
#include "attack.h"

static volatile char selector;
static void handler(int signal) {
  (void)signal;
  selector = 0;  // allow
}

static void attack(void) {
  struct sigaction action = {.sa_handler = handler};
  sigaction(SIGSYS, &action, NULL);
  const int set = prctl(59, 1, 0, 0, &selector);
  told("dispatch", set);
  if (set == 0) {
    selector = 1;  // block
    syscall(SYS_getppid);
  }
  told("back", selector == 0 ? 0 : -1);
}
