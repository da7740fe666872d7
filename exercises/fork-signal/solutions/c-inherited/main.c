// Handlers are set before fork(), so the child has them from the start; it prints its PID itself.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t holas;
static volatile sig_atomic_t adeu;

static void take_note(int signal_number) {
  if (signal_number == SIGUSR1) {
    ++holas;
  } else {
    adeu = 1;
  }
}

static void answer(const sigset_t *while_asleep) {
  printf("%d\n", (int)getpid());
  fflush(stdout);
  for (;;) {
    sigsuspend(while_asleep);  // the only place where a handler can run
    for (; holas > 0; --holas) puts("hola radiola");
    if (adeu) puts("adeu andreu");
    fflush(stdout);
    if (adeu) exit(0);
  }
}

int main(void) {
  sigset_t ours;
  sigset_t before;
  sigemptyset(&ours);
  sigaddset(&ours, SIGUSR1);
  sigaddset(&ours, SIGUSR2);
  sigprocmask(SIG_BLOCK, &ours, &before);
  signal(SIGUSR1, take_note);
  signal(SIGUSR2, take_note);

  const pid_t child = fork();
  if (child == -1) {
    perror("fork-signal: fork");
    return 1;
  }
  if (child == 0) answer(&before);
  return 0;
}
