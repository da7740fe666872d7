// Waits until the child has stopped, but takes it for granted that it runs again once SIGCONT is sent.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void say(const char *line) {
  if (puts(line) == EOF || fflush(stdout) == EOF) fail("stop-continue: cannot write");
}

static void tick_for_ever(int told) {
  for (;;) {
    say("tick");
    if (write(told, ".", 1) == -1) fail("stop-continue: write");
    sleep(1);
  }
}

static void send_signal(pid_t child, int signal_number) {
  if (kill(child, signal_number) == -1) fail("stop-continue: kill");
}

// Waits for the next news of the child; `options` says which news beside its end.
static int next_status(pid_t child, int options) {
  int status;
  if (waitpid(child, &status, options) == -1) fail("stop-continue: waitpid");
  return status;
}

int main(void) {
  int ticks[2];
  if (pipe(ticks) == -1) fail("stop-continue: pipe");
  const pid_t child = fork();
  if (child == -1) fail("stop-continue: fork");
  if (child == 0) {
    close(ticks[0]);
    tick_for_ever(ticks[1]);
  }
  close(ticks[1]);

  for (int seen = 0; seen < 2; ++seen) {
    char tick;
    if (read(ticks[0], &tick, 1) != 1) fail("stop-continue: the child does not tick");
  }

  send_signal(child, SIGSTOP);
  if (WIFSTOPPED(next_status(child, WUNTRACED))) say("stopped");
  send_signal(child, SIGCONT);
  say("continued");
  send_signal(child, SIGTERM);
  const int status = next_status(child, 0);
  if (WIFSIGNALED(status)) printf("killed by %d\n", WTERMSIG(status));
  return 0;
}
