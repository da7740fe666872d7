// SPDX-License-Identifier: MIT
// Stops all that it can see, init above all: a world in which nobody reaps and nobody answers.
#include "attack.h"

static void attack(void) {
  for (int signal = 1; signal < 32; ++signal) {
    if (signal != SIGCONT) kill(1, signal);
  }
  told("stop init", kill(1, SIGSTOP));
  told("stop group 0", kill(-1, SIGSTOP) < 0 && errno == ESRCH ? 0 : -1);
  told("stop outside", kill(outside_process, SIGSTOP));
  siginfo_t forged = {.si_signo = SIGCHLD, .si_code = SI_QUEUE};
  told("forged child of init", syscall(SYS_rt_sigqueueinfo, 1, SIGCHLD, &forged));
}
