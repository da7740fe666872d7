// SPDX-License-Identifier: MIT
// In an orphaned process group a terminal's stop signals do nothing (setpgid(2)); SIGSTOP would.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  if (fork() > 0) return wait(NULL) < 0;
  setsid();  // its parent is of another session then
  raise(SIGTSTP);
  puts("goes on");
  return 0;
}
