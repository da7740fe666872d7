// sigusr1: counts SIGUSR1 and says goodbye on SIGTERM.
#include <stdio.h>

int main(void) {
  // 1. Decide how SIGUSR1 and SIGTERM reach the program (sigaction, sigwait, signalfd).
  // 2. Only then print "ready PID", and flush it.
  // 3. Wait for signals without using the processor.
  //    SIGUSR1: print "got SIGUSR1 N". SIGTERM: print "bye" and end with status 0.
  fprintf(stderr, "sigusr1: not written yet\n");
  return 1;
}
