// SPDX-License-Identifier: MIT
// Executes echo with arguments and an environment of its own.
#include <unistd.h>

int main(void) {
  char* argv[] = {"echo", "a b", "", "c", NULL};
  char* env[] = {"A=1", "EMPTY=", NULL};
  execve("/bin/echo", argv, env);
  return 1;
}
