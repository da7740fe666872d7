// SPDX-License-Identifier: MIT
// Fills every folder that it may write, until none takes more.
#include "attack.h"

static void fill(const char* path) {
  static char part[1 << 20];
  const int fd = open(path, O_WRONLY | O_CREAT, 0644);
  ssize_t count = 0;
  while ((count = write(fd, part, sizeof part)) > 0) {
  }
  told(path, count);
}

static void attack(void) {
  signal(SIGXFSZ, SIG_IGN);
  static const char* const paths[] = {"/lab/a", "/tmp/a", "/dev/shm/a", "/lab/b", "/tmp/b", "/lab/c"};
  for (size_t i = 0; i < sizeof paths / sizeof *paths; ++i) fill(paths[i]);
}
