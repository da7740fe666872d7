// SIGCHLD is read from a descriptor: signalfd() gives what sigwaitinfo() would, the reason why it came included.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void wait_until(int news, int what) {
  struct signalfd_siginfo info;
  do {
    if (read(news, &info, sizeof info) != sizeof info) fail("read");
  } while (info.ssi_code != what);
}

int main(void) {
  sigset_t chld;
  sigemptyset(&chld);
  sigaddset(&chld, SIGCHLD);
  sigprocmask(SIG_BLOCK, &chld, NULL);
  const int news = signalfd(-1, &chld, SFD_CLOEXEC);
  int ticks[2];
  if (news == -1 || pipe(ticks) == -1) fail("signalfd or pipe");
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
  wait_until(news, CLD_STOPPED);
  puts("stopped");
  kill(child, SIGCONT);
  wait_until(news, CLD_CONTINUED);
  puts("continued");
  kill(child, SIGTERM);
  int status;
  if (waitpid(child, &status, 0) == -1) fail("waitpid");
  if (WIFSIGNALED(status)) printf("killed by %d\n", WTERMSIG(status));
  return 0;
}
