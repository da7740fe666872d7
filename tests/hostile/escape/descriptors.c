// SPDX-License-Identifier: MIT
// Looks for a way out among its descriptors: the grader's pipes, its socket, the recording.
#include "attack.h"

static void attack(void) {
  long more = 0;
  char byte;
  for (int fd = 3; fd < 4096; ++fd) more += fcntl(fd, F_GETFD) >= 0;
  told_of("above 2", more);
  // Its own pipes it may open again; nothing is to be had from them.
  told("stdout for reading", open("/proc/self/fd/1", O_RDONLY | O_NONBLOCK));
  told("stderr as a folder", open("/proc/self/fd/2/..", O_RDONLY | O_DIRECTORY));
  told("seek", (long)lseek(1, 0, SEEK_SET));
  told("receive", (long)recv(1, &byte, 1, 0));
  told("descriptors of the parent", open("/proc/1/fd/1", O_RDWR));
  struct stat input;
  fstat(0, &input);
  told("write to stdin", (long)write(0, "x", 1) > 0 && S_ISREG(input.st_mode) ? 0 : -1);
}
