// Counts SIGUSR1 and says goodbye on SIGTERM.
//
// Both signals are blocked all the time, except while the program sleeps in sigsuspend(). A handler can
// therefore run only there: it only has to leave a note, and no signal can slip in between the moment
// when the notes are read and the moment when the program goes to sleep.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t usr1_came;
static volatile sig_atomic_t term_came;

static void take_note(int signal_number) {
  if (signal_number == SIGUSR1) {
    usr1_came = 1;
  } else {
    term_came = 1;
  }
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void flush_line(void) {
  if (fflush(stdout) == EOF) fail("sigusr1: cannot write");
}

static void install_handler(int signal_number) {
  struct sigaction action = {0};
  action.sa_handler = take_note;
  sigemptyset(&action.sa_mask);
  if (sigaction(signal_number, &action, NULL) == -1) fail("sigusr1: sigaction");
}

int main(void) {
  sigset_t ours;
  sigset_t before;
  sigemptyset(&ours);
  sigaddset(&ours, SIGUSR1);
  sigaddset(&ours, SIGTERM);
  if (sigprocmask(SIG_BLOCK, &ours, &before) == -1) fail("sigusr1: sigprocmask");
  install_handler(SIGUSR1);
  install_handler(SIGTERM);

  printf("ready %d\n", (int)getpid());
  flush_line();

  sigset_t while_asleep = before;
  sigdelset(&while_asleep, SIGUSR1);
  sigdelset(&while_asleep, SIGTERM);
  int count = 0;
  while (!term_came) {
    sigsuspend(&while_asleep);  // always returns -1 with EINTR: a handler has run
    if (usr1_came) {
      usr1_came = 0;
      printf("got SIGUSR1 %d\n", ++count);
      flush_line();
    }
  }
  printf("bye\n");
  flush_line();
  return 0;
}
