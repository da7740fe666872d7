// SPDX-License-Identifier: MIT
// Fills System V message queues and leaves them.
#include "attack.h"

#include <sys/ipc.h>
#include <sys/msg.h>

static void attack(void) {
  static struct {
    long type;
    char text[8000];
  } message = {.type = 1};
  puts("begins");
  fflush(stdout);
  for (int i = 0; i < 20000; ++i) {
    const int id = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
    if (id < 0) break;
    while (msgsnd(id, &message, sizeof message.text, IPC_NOWAIT) == 0) {
    }
  }
  puts("got all");
}
