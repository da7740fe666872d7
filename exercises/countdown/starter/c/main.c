// countdown: a timer that signals can change while it runs.
#include <stdio.h>

int main(int argc, char *argv[]) {
  // 1. One argument, a number; anything else: a message on stderr and status 2.
  // 2. Decide how SIGUSR1, SIGUSR2, SIGHUP and SIGTERM reach the program, and ignore SIGINT.
  // 3. Keep the moment at which it is over. Wait for a signal, but not longer than until then.
  // 4. When it is over: print "up U down D".
  (void)argc;
  (void)argv;
  fprintf(stderr, "countdown: not written yet\n");
  return 1;
}
