// SPDX-License-Identifier: MIT
// posix_spawn() of a program that is there and of one that is not; prints what came of both.
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

int main(void) {
  char* argv[] = {"true", NULL};
  char* env[] = {NULL};
  pid_t child = 0;
  int status = -1;
  if (posix_spawn(&child, "/bin/true", NULL, NULL, argv, env) == 0) waitpid(child, &status, 0);
  printf("%d ", status);
  const int error = posix_spawn(&child, "/none", NULL, NULL, argv, env);
  printf("%s\n", error == 0 ? "0" : strerrorname_np(error));
  return 0;
}
