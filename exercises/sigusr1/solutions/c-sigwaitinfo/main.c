// Blocks both signals and takes them one by one with sigwaitinfo().
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);  // a line is written when it ends, into a pipe too
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_SETMASK, &signals, NULL);
  printf("ready %d\n", (int)getpid());

  int count = 0;
  for (;;) {
    const int signal_number = sigwaitinfo(&signals, NULL);
    if (signal_number == SIGTERM) break;
    if (signal_number == SIGUSR1) {
      printf("got SIGUSR1 %d\n", ++count);
    } else if (errno != EINTR) {
      perror("sigusr1: sigwaitinfo");
      return 1;
    }
  }
  puts("bye");
  return 0;
}
