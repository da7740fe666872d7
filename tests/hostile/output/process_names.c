// SPDX-License-Identifier: MIT
// Hangs in processes whose names and arguments have newlines and escapes.
#include "attack.h"

static void attack(void) {
  if (getenv("AGAIN") != NULL) {
    prctl(PR_SET_NAME, "\033[31m\n::e\xff");
    while (1) pause();
  }
  puts("begins");
  fflush(stdout);
  symlink("/program/endure", "/tmp/\033[2J\n::error::x\u202e");
  if (fork() == 0) {
    char* const argv[] = {"\033[31m\n::error::owned\xff", "attack", "a", "1", "2", "c", "d", "3", "e", NULL};
    char* const env[] = {"AGAIN=1", "X=\033[31m\n", NULL};
    execve("/tmp/\033[2J\n::error::x\u202e", argv, env);
    _exit(1);
  }
  wait(NULL);
}
