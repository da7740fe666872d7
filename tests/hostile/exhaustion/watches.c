// SPDX-License-Identifier: MIT
// Takes what the kernel counts for the whole account: inotify instances, message queues, locked memory.
#include "attack.h"

#include <mqueue.h>
#include <sys/inotify.h>

static void attack(void) {
  long made = 0;
  while (made < 100000 && inotify_init1(0) >= 0) ++made;
  told("instances", -1);
  for (int fd = 3; fd < 1024; ++fd) close(fd);
  made = 0;
  char name[32];
  do {
    snprintf(name, sizeof name, "/q%ld", made);
  } while (made++ < 1000 && mq_open(name, O_RDWR | O_CREAT, 0600, NULL) != (mqd_t)-1);
  told("queues", -1);
  char* const memory = mmap(NULL, 64 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  told("locked", mlock(memory, 64 << 20));
}
