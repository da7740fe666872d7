// SPDX-License-Identifier: MIT
// Makes files of a terabyte in which there is nothing.
#include "attack.h"

static void attack(void) {
  signal(SIGXFSZ, SIG_IGN);
  const int fd = open("answer", O_RDWR | O_CREAT, 0644);
  told("truncate", ftruncate(fd, 1L << 40));
  told("allocate", fallocate(fd, 0, 0, 1L << 40));
  told("far write", pwrite(fd, "x", 1, 1L << 40));
  told("within the limit", ftruncate(fd, 60 << 20));
}
