// SPDX-License-Identifier: MIT
// Makes itself the last that the kernel kills for want of memory, so that others die first.
#include "attack.h"

static int adjust(const char* value) {
  const int fd = open("/proc/self/oom_score_adj", O_WRONLY);
  const int result = fd < 0 ? fd : (int)write(fd, value, strlen(value));
  close(fd);
  return result;
}

static void attack(void) {
  told("never", adjust("-1000"));
  told("late", adjust("-1"));
  told("0", adjust("0"));
}
