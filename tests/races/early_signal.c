// SPDX-License-Identifier: MIT
// The child signals its parent, which installs the handler after fork(2): "handled", or death by
// SIGUSR1.
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
  if (fork() == 0) {
    kill(parent, SIGUSR1);
    _exit(0);
  }
  signal(SIGUSR1, on_signal);
  while (wait(0) > 0) {
  }
  if (got) (void)!write(1, "handled\n", 8);
  return 0;
}
