// SPDX-License-Identifier: MIT
// Opens descriptors, some of them close-on-exec, and executes itself, which waits in a read of one.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

int main(int argc, char** argv) {
  int ends[2];
  char byte;
  if (argc > 1) return (int)read(3, &byte, 1);
  if (pipe(ends) < 0) return 1;                                // 3, 4
  if (eventfd(0, 0) != 5) return 1;                            // 5
  if (eventfd(0, EFD_CLOEXEC) != 6) return 1;                  // 6
  if (open("/dev/null", O_RDONLY | O_CLOEXEC) != 7) return 1;  // 7
  execl(argv[0], argv[0], "wait", (char*)NULL);
  return 1;
}
