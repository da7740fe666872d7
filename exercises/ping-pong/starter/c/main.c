// ping-pong: parent and child exchange signals in strict turn.
#include <stdio.h>

int main(int argc, char *argv[]) {
  // 1. One argument, a number of rounds; anything else: a message on stderr and status 2.
  // 2. Decide what SIGUSR1 and SIGUSR2 shall do. When has that to be done, before or after fork()?
  // 3. fork(). Parent: print "ping I", send SIGUSR1, wait for SIGUSR2.
  //            Child: wait for SIGUSR1, print "pong I", send SIGUSR2.
  // 4. Parent: wait for the child.
  (void)argc;
  (void)argv;
  fprintf(stderr, "ping-pong: not written yet\n");
  return 1;
}
