// A tick that comes before the parent waits for it kills the parent.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int news(pid_t child, int which) {
  siginfo_t info;
  if (waitid(P_PID, child, &info, which) == -1) {
    perror("waitid");
    _exit(1);
  }
  return info.si_status;
}

int main(void) {
  sigset_t tick;
  int came;
  sigemptyset(&tick);
  sigaddset(&tick, SIGUSR1);
  pid_t child = fork();
  if (child == -1) {
    perror("fork");
    return 1;
  }
  if (child == 0) {
    // Long enough for the parent to be first, unless the order is forced.
    for (volatile long work = 0; work < 5000000; ++work) continue;
    for (;;) {
      dprintf(1, "tick\n");
      kill(getppid(), SIGUSR1);
      sleep(1);
    }
  }
  sigwait(&tick, &came);
  sigwait(&tick, &came);
  kill(child, SIGSTOP);
  news(child, WSTOPPED);
  dprintf(1, "stopped\n");
  kill(child, SIGCONT);
  news(child, WCONTINUED);
  dprintf(1, "continued\n");
  kill(child, SIGTERM);
  dprintf(1, "killed by %d\n", news(child, WEXITED));
  return 0;
}
