// The handlers print, and may: both signals are blocked all the time but in sigsuspend(), so that a
// handler comes nowhere else, and neither comes into the other.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int count;

static void flush_line(void) {
  if (fflush(stdout) == EOF) {
    perror("sigusr1: cannot write");
    exit(1);
  }
}

static void on_usr1(int signal_number) {
  (void)signal_number;
  printf("got SIGUSR1 %d\n", ++count);
  flush_line();
}

static void on_term(int signal_number) {
  (void)signal_number;
  printf("bye\n");
  flush_line();
  exit(0);
}

static void install(int signal_number, void (*handler)(int), const sigset_t *both) {
  struct sigaction action = {.sa_handler = handler, .sa_mask = *both};
  if (sigaction(signal_number, &action, NULL) == -1) {
    perror("sigusr1: sigaction");
    exit(1);
  }
}

int main(void) {
  sigset_t both;
  sigset_t before;
  sigemptyset(&both);
  sigaddset(&both, SIGUSR1);
  sigaddset(&both, SIGTERM);
  if (sigprocmask(SIG_BLOCK, &both, &before) == -1) {
    perror("sigusr1: sigprocmask");
    return 1;
  }
  install(SIGUSR1, on_usr1, &both);
  install(SIGTERM, on_term, &both);
  printf("ready %d\n", (int)getpid());
  flush_line();
  for (;;) sigsuspend(&before);
}
