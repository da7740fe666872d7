// SPDX-License-Identifier: MIT
// The first signal is waited for as it should be. Before the second there is a gap: "woken", or
// nobody can go on.
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t got;
static void on_signal(int signal) {
  (void)signal;
  ++got;
}

int main(void) {
  sigset_t usr1, before;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  sigprocmask(SIG_BLOCK, &usr1, &before);
  signal(SIGUSR1, on_signal);
  (void)!write(1, "ready\n", 6);
  while (got < 1) sigsuspend(&before);
  (void)!write(1, "one\n", 4);
  sigprocmask(SIG_SETMASK, &before, NULL);
  if (got < 2) pause();
  (void)!write(1, "woken\n", 6);
  return 0;
}
