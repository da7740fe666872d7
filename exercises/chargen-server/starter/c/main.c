// chargen-server PORT: sends each client a rotating pattern of characters, without end.
#include <stdio.h>

int main(int argc, char *argv[]) {
  // 1. Check the argument (wrong usage: a message on stderr, exit status 2).
  // 2. socket, setsockopt, bind to 127.0.0.1 and PORT, listen (an error: a message on stderr, status 1).
  // 3. For each client: send line after line until it leaves, and serve the others meanwhile.
  (void)argc;
  (void)argv;
  printf("not written yet\n");
  return 0;
}
