// SPDX-License-Identifier: MIT
// Replaces itself by itself for ever.
#include "attack.h"

static void attack(void) {
  char number[32];
  const char* const before = getenv("N");
  const int n = before == NULL ? 0 : atoi(before);
  if (n == 0) {
    puts("begins");
    fflush(stdout);
  }
  char port[16], process[16], memory[16];
  snprintf(port, sizeof port, "%d", outside_port);
  snprintf(process, sizeof process, "%d", outside_process);
  snprintf(memory, sizeof memory, "%d", outside_memory);
  snprintf(number, sizeof number, "%d", n + 1);
  setenv("N", number, 1);
  execl("/program/endure", "endure", "attack", outside_file, process, port, outside_abstract,
        outside_socket, memory, outside_exercise, (char*)NULL);
}
