// SPDX-License-Identifier: MIT
// What is in stdio's buffer at fork(2) is written twice, in whatever order: "once once", always.
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  printf("once ");
  fork();
  fflush(stdout);
  while (wait(0) > 0) {
  }
  return 0;
}
