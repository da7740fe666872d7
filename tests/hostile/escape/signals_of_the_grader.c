// SPDX-License-Identifier: MIT
// Sends itself every signal, with every code that it may forge, as if the kernel or the tracer had.
#include "attack.h"

static void handler(int signal) { (void)signal; }

static void attack(void) {
  long done = 0;
  for (int number = 1; number < 65; ++number) {
    struct sigaction action = {.sa_handler = handler};
    sigaction(number, &action, NULL);
  }
  for (int number = 1; number < 65; ++number) {
    if (number == SIGKILL || number == SIGSTOP || number == 32 || number == 33) continue;
    siginfo_t forged = {.si_signo = number, .si_code = SI_QUEUE};
    forged.si_pid = 1;
    done += syscall(SYS_rt_sigqueueinfo, getpid(), number, &forged) == 0;
    forged.si_code = SI_KERNEL;
    done += syscall(SYS_rt_sigqueueinfo, getpid(), number, &forged) == 0;
    forged.si_code = 5;  // as of the tracer
    done += syscall(SYS_rt_sigqueueinfo, getpid(), number, &forged) == 0;
    raise(number);
  }
  raise(SIGTRAP);
  __asm__ volatile("int3");
  told_of("forged", done);
}
