// SPDX-License-Identifier: MIT
// Puts a socket where a check reads a file.
#include "attack.h"

static void attack(void) {
  const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "answer"};
  told("bind", bind(socket(AF_UNIX, SOCK_STREAM, 0), (const struct sockaddr*)&address, sizeof address));
}
