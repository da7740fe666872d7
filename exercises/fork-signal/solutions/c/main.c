// Starts a child that answers signals, prints its PID and ends at once; the child lives on.
//
// Both signals are blocked before fork(), and a child inherits what is blocked: whenever a signal
// comes, it waits until the child takes it with sigwait(). So the child is ready from its very
// first instruction, and nobody has to wait for it.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void say(const char *line) {
  if (puts(line) == EOF || fflush(stdout) == EOF) fail("fork-signal: cannot write");
}

static void answer(const sigset_t *ours) {
  int came;
  while (sigwait(ours, &came) == 0) {
    if (came == SIGUSR2) break;
    say("hola radiola");
  }
  say("adeu andreu");
  exit(0);
}

int main(void) {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGUSR1);
  sigaddset(&ours, SIGUSR2);
  if (sigprocmask(SIG_BLOCK, &ours, NULL) == -1) fail("fork-signal: sigprocmask");

  const pid_t child = fork();
  if (child == -1) fail("fork-signal: fork");
  if (child == 0) answer(&ours);
  printf("%d\n", (int)child);
  if (fflush(stdout) == EOF) fail("fork-signal: cannot write");
  return 0;
}
