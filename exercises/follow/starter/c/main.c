// follow: prints a file and whatever is appended to it.
#include <stdio.h>

int main(int argc, char *argv[]) {
  // 1. One argument, a file; anything else: a message on stderr and status 2. No such file: a message and status 1.
  // 2. Decide what SIGTERM does.
  // 3. Print what there is. Then look again, once a second at most, and print what is new.
  //    How do you know that the file has become shorter?
  (void)argc;
  (void)argv;
  fprintf(stderr, "follow: not written yet\n");
  return 1;
}
