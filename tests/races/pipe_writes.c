// SPDX-License-Identifier: MIT
// Two processes write three bytes each into one pipe, a byte at a time: each of the 20 orders.
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  for (int child = 0; child < 2; ++child) {
    if (fork() != 0) continue;
    for (int i = 0; i < 3; ++i) (void)!write(1, child == 0 ? "a" : "b", 1);
    _exit(0);
  }
  while (wait(0) > 0) {
  }
  return 0;
}
