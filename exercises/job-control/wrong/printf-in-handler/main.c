// The handlers speak with printf(), at whatever instant the keys come.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t ticks;

static void on_tstp(int s) {
  (void)s;
  printf("paused\n");
  fflush(stdout);
  kill(getpid(), SIGSTOP);
}

static void on_cont(int s) {
  (void)s;
  printf("resumed\n");
  fflush(stdout);
}

static void on_int(int s) {
  (void)s;
  printf("bye %d\n", (int)ticks);
  exit(0);
}

int main(void) {
  struct sigaction action = {.sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  action.sa_handler = on_tstp;
  sigaction(SIGTSTP, &action, NULL);
  action.sa_handler = on_cont;
  sigaction(SIGCONT, &action, NULL);
  action.sa_handler = on_int;
  sigaction(SIGINT, &action, NULL);

  for (;;) {
    dprintf(STDOUT_FILENO, "tick %d\n", (int)ticks + 1);
    ++ticks;
    struct timespec rest = {.tv_sec = 1};
    while (nanosleep(&rest, &rest) == -1) {
    }
  }
}
