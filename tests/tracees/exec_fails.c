// SPDX-License-Identifier: MIT
// Executions that fail: no such file, no permission, and a name that is nowhere in PATH.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  char* argv[] = {"prog", "one argument", "", NULL};
  char* env[] = {"A=1", "B=", NULL};
  execve("/none", argv, env);
  printf("%s ", strerrorname_np(errno));
  execve("/etc/passwd", argv, env);
  printf("%s ", strerrorname_np(errno));
  execlp("nowhere", "nowhere", (char*)NULL);
  printf("%s\n", strerrorname_np(errno));
  return 0;
}
