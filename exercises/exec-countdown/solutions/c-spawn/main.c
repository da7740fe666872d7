// posix_spawn() makes the child and the exec in one call, and tells the parent when the exec fails.
#define _GNU_SOURCE  // for environ
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  if (argc != 3 || argv[2][0] == '\0' || argv[2][strspn(argv[2], "0123456789")] != '\0') {
    fprintf(stderr, "usage: exec-countdown PROGRAM SECONDS\n");
    return 2;
  }
  pid_t child;
  const int error = posix_spawn(&child, argv[1], NULL, NULL, argv + 1, environ);
  if (error != 0) {
    fprintf(stderr, "exec-countdown: %s: %s\n", argv[1], strerror(error));
    return 1;
  }
  printf("%d\n", (int)child);
  return 0;
}
