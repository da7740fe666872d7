// port-scan HOST FIRST LAST: tells which TCP ports of a host are open.
#include <stdio.h>

int main(int argc, char *argv[]) {
  // 1. Check the arguments (wrong usage: a message on stderr, exit status 2).
  // 2. Find the address of HOST (getaddrinfo; unknown: a message on stderr, status 1).
  // 3. For each port from FIRST to LAST: try to connect, for two seconds at most; print "PORT open" if it worked.
  (void)argc;
  (void)argv;
  printf("not written yet\n");
  return 0;
}
