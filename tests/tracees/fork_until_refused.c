// SPDX-License-Identifier: MIT
// Makes children, which live until it ends, until one is refused; prints how many and why.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  int life[2];
  if (pipe(life) < 0) return 1;
  int children = 0;
  while (children < 10000) {
    const pid_t child = fork();
    if (child < 0) break;
    if (child == 0) {
      char byte;
      close(life[1]);
      (void)!read(life[0], &byte, 1);
      _exit(0);
    }
    ++children;
  }
  printf("%d %s\n", children, strerrorname_np(errno));
  return 0;
}
