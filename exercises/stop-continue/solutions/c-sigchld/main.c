// A parent is told of a stop and of a going on by SIGCHLD too, and sigwaitinfo() says which of them it was.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void wait_until(int what) {
  sigset_t chld;
  siginfo_t info;
  sigemptyset(&chld);
  sigaddset(&chld, SIGCHLD);
  do {
    if (sigwaitinfo(&chld, &info) == -1 && errno != EINTR) exit(1);
  } while (info.si_code != what);
}

int main(void) {
  int ticks[2], status;
  char line[5];
  sigset_t chld;
  sigemptyset(&chld);
  sigaddset(&chld, SIGCHLD);
  sigprocmask(SIG_BLOCK, &chld, NULL);
  setvbuf(stdout, NULL, _IOLBF, 0);

  if (pipe(ticks) == -1) {
    perror("pipe");
    return 1;
  }
  pid_t child = fork();
  if (child < 0) {
    perror("fork");
    return 1;
  }
  if (child == 0) {
    for (;;) {
      if (write(ticks[1], "tick\n", 5) != 5) return 1;
      sleep(1);
    }
  }
  for (int i = 0; i < 2; i++) {
    if (read(ticks[0], line, sizeof line) != sizeof line) return 1;
    fwrite(line, 1, sizeof line, stdout);
  }
  kill(child, SIGSTOP);
  wait_until(CLD_STOPPED);
  puts("stopped");
  kill(child, SIGCONT);
  wait_until(CLD_CONTINUED);
  puts("continued");
  kill(child, SIGTERM);
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) printf("killed by %d\n", WTERMSIG(status));
  return 0;
}
