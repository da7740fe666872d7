// SPDX-License-Identifier: MIT
// Runs programs with as many and as long arguments as there may be.
#include "attack.h"

static void attack(void) {
  static char* many[200000];
  char* const one = malloc(1 << 20);
  memset(one, 'x', (1 << 20) - 1);
  one[(1 << 20) - 1] = 0;
  told("one long", execl("/usr/bin/true", one, one, (char*)NULL));
  for (size_t i = 0; i + 1 < sizeof many / sizeof *many; ++i) many[i] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
  told("many", execv("/usr/bin/true", many));
  for (size_t i = 2000; i < sizeof many / sizeof *many; ++i) many[i] = NULL;
  const pid_t child = fork();
  if (child == 0) {
    execv("/usr/bin/true", many);
    _exit(1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  told("some", status == 0 ? 0 : -1);
}
