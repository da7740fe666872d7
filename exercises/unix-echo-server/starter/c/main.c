// unix-echo-server PATH: sends back to every client what it sends, over a UNIX socket.
#include <stdio.h>

int main(int argc, char *argv[]) {
  // 1. Check the argument (wrong usage: a message on stderr, exit status 2).
  // 2. Remove a stale socket; socket(AF_UNIX), bind, listen (an error: a message on stderr, status 1).
  // 3. Print "listening PATH", and flush it.
  // 4. Serve many clients at a time; on SIGTERM remove the socket and end with status 0.
  (void)argc;
  (void)argv;
  printf("not written yet\n");
  return 0;
}
