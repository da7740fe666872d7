// waitid() tells what has happened without any macros, and the ticks come as signals: one SIGUSR1 each.
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
  sigprocmask(SIG_BLOCK, &tick, NULL);
  pid_t child = fork();
  if (child == -1) {
    perror("fork");
    return 1;
  }
  if (child == 0) {
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
