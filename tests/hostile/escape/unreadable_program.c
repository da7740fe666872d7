// SPDX-License-Identifier: MIT
// Runs a copy of itself that nobody may read: the kernel then closes it to tracers without privileges.
#include "attack.h"

static void attack(void) {
  if (getenv("AGAIN") != NULL) {
    puts("again");
    int ends[2];
    (void)!pipe(ends);
    (void)!write(open("answer", O_WRONLY | O_CREAT, 0644), "42\n", 3);
    return;
  }
  (void)!system("cp /program/endure /tmp/copy");
  told("mode", chmod("/tmp/copy", 0111));
  char port[16], process[16], memory[16];
  snprintf(port, sizeof port, "%d", outside_port);
  snprintf(process, sizeof process, "%d", outside_process);
  snprintf(memory, sizeof memory, "%d", outside_memory);
  execle("/tmp/copy", "endure", "attack", outside_file, process, port, outside_abstract, outside_socket,
         memory, outside_exercise, (char*)NULL, (char*[]){"AGAIN=1", NULL});
  told("exec", -1);
}
