// SPDX-License-Identifier: MIT
// Fills the buffers of sockets, each as large as it may be, and larger.
#include "attack.h"

static void attack(void) {
  static char part[1 << 20];
  long filled = 0;
  int ends[2];
  while (filled < 16 && socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0) {
    const int size = 1 << 26;
    setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    setsockopt(ends[1], SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    while (write(ends[0], part, sizeof part) > 0) {
    }
    ++filled;
  }
  told_of("filled", filled);
  const int size = 1 << 26;
  close(ends[0]);
  close(3);
  told("force", setsockopt(4, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size));
}
