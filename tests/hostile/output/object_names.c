// SPDX-License-Identifier: MIT
// Leaves objects, sockets and FIFOs with hostile names, and waits on one of them.
#include "attack.h"

#include <mqueue.h>

static void attack(void) {
  puts("begins");
  fflush(stdout);
  shm_open("/\033[31m\n::error::shm", O_RDWR | O_CREAT, 0600);
  mq_open("/\033[31m\n::error::mq", O_RDWR | O_CREAT, 0600, NULL);
  const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "\033[31m\n::error::socket"};
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(fd, (const struct sockaddr*)&address, sizeof address);
  mkfifo("\033[31m\n::error::fifo\u202e", 0644);
  open("\033[31m\n::error::fifo\u202e", O_RDONLY);
}
