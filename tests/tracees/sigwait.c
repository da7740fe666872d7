// SPDX-License-Identifier: MIT
// Waits for a blocked signal with sigwaitinfo(), which a child sends.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  siginfo_t info;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  const pid_t child = fork();
  if (child == 0) {
    kill(getppid(), SIGUSR1);
    _exit(0);
  }
  const int signal = sigwaitinfo(&set, &info);
  printf("%d %d\n", signal, info.si_pid == child);
  waitpid(child, NULL, 0);
  return 0;
}
