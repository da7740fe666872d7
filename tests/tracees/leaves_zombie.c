// SPDX-License-Identifier: MIT
// A child that has ended, for which its parent does not wait.
#define _GNU_SOURCE
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  siginfo_t info;
  if (fork() == 0) return 0;
  waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
  pause();
  return 0;
}
