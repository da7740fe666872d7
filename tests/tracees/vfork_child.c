// SPDX-License-Identifier: MIT
// vfork(): the child exits with 3, or with the argument "exec" runs true; the parent prints its
// status.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  (void)argv;
  int status = 0;
  const pid_t child = vfork();
  if (child == 0) {
    if (argc > 1) execl("/bin/true", "true", (char*)NULL);
    _exit(3);
  }
  waitpid(child, &status, 0);
  printf("%d\n", WEXITSTATUS(status));
  return 0;
}
