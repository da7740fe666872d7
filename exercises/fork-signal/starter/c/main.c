// fork-signal: leaves behind a child that answers signals.
#include <stdio.h>

int main(void) {
  // 1. What has to be done about SIGUSR1 and SIGUSR2 before fork(), so that the child is ready from
  // the start?
  // 2. fork(). Three results are possible; one of them is an error: a message on stderr and
  // status 1.
  // 3. In the parent: print the PID of the child, and end with 0.
  // 4. In the child: SIGUSR1: print "hola radiola". SIGUSR2: print "adeu andreu" and end with 0.
  fprintf(stderr, "fork-signal: not written yet\n");
  return 1;
}
