// SPDX-License-Identifier: MIT
// Waits for ever for a lock that its stopped child holds.
#include "attack.h"

#include <sys/file.h>

static void attack(void) {
  puts("begins");
  fflush(stdout);
  const int fd = open("lock", O_RDWR | O_CREAT, 0644);
  const pid_t child = fork();
  if (child == 0) {
    flock(open("lock", O_RDWR), LOCK_EX);
    raise(SIGSTOP);
  }
  waitpid(child, NULL, WUNTRACED);
  flock(fd, LOCK_EX);
}
