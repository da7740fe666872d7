// A handler of SIGCHLD notes why it came; it can come inside sigsuspend() only, so none is missed.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t last;

static void on_chld(int number, siginfo_t *info, void *context) {
  (void)number;
  (void)context;
  last = info->si_code;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void tick_for_ever(int told) {
  for (;;) {
    if (write(STDOUT_FILENO, "tick\n", 5) == -1 || write(told, ".", 1) == -1) fail("write");
    sleep(1);
  }
}

int main(void) {
  sigset_t chld, before;
  sigemptyset(&chld);
  sigaddset(&chld, SIGCHLD);
  sigprocmask(SIG_BLOCK, &chld, &before);
  struct sigaction action = {.sa_sigaction = on_chld, .sa_flags = SA_SIGINFO};
  sigaction(SIGCHLD, &action, NULL);
  int ticks[2];
  if (pipe(ticks) == -1) fail("pipe");
  setvbuf(stdout, NULL, _IOLBF, 0);

  const pid_t child = fork();
  if (child == -1) fail("fork");
  if (child == 0) tick_for_ever(ticks[1]);
  close(ticks[1]);
  for (int seen = 0; seen < 2; ++seen) {
    char tick;
    if (read(ticks[0], &tick, 1) != 1) fail("the child does not tick");
  }

  kill(child, SIGSTOP);
  while (last != CLD_STOPPED) sigsuspend(&before);
  puts("stopped");
  kill(child, SIGCONT);
  while (last != CLD_CONTINUED) sigsuspend(&before);
  puts("continued");
  kill(child, SIGTERM);
  int status;
  if (waitpid(child, &status, 0) == -1) fail("waitpid");
  if (WIFSIGNALED(status)) printf("killed by %d\n", WTERMSIG(status));
  return 0;
}
