// SPDX-License-Identifier: MIT
// Between the test and pause(2) there is a gap: "woken", or nobody can go on.
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
  signal(SIGUSR1, on_signal);
  if (fork() == 0) {
    kill(parent, SIGUSR1);
    _exit(0);
  }
  if (!got) pause();
  (void)!write(1, "woken\n", 6);
  while (wait(0) > 0) {
  }
  return 0;
}
