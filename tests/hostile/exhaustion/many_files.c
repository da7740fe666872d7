// SPDX-License-Identifier: MIT
// Makes files until there is no room for another name.
#include "attack.h"

static void attack(void) {
  long made = 0;
  char name[32];
  while (made < 50000) {
    snprintf(name, sizeof name, "/lab/%ld", made);
    const int fd = open(name, O_WRONLY | O_CREAT, 0644);
    if (fd < 0) break;
    close(fd);
    ++made;
  }
  told("more", -1);
  told_of("made", made);
}
