// daytime-server PORT: tells each client date and time, and closes.
#include <stdio.h>

int main(int argc, char *argv[]) {
  // 1. Check the argument (wrong usage: a message on stderr, exit status 2).
  // 2. socket, setsockopt, bind to 127.0.0.1 and PORT, listen (an error: a message on stderr, status 1).
  // 3. For each client: accept, send one line with date and time, close.
  (void)argc;
  (void)argv;
  printf("not written yet\n");
  return 0;
}
