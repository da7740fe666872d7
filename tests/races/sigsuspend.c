// SPDX-License-Identifier: MIT
// The cure of test_then_pause: the signal is blocked but while it is waited for. "woken", always.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t got;
static void on_signal(int signal) {
  (void)signal;
  got = 1;
}

int main(void) {
  const pid_t parent = getpid();
  sigset_t mask, before;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  sigprocmask(SIG_BLOCK, &mask, &before);
  signal(SIGUSR1, on_signal);
  if (fork() == 0) {
    kill(parent, SIGUSR1);
    _exit(0);
  }
  while (!got) sigsuspend(&before);
  (void)!write(1, "woken\n", 6);
  while (wait(0) > 0) {
  }
  return 0;
}
