// SPDX-License-Identifier: MIT
// one_call NUMBER [ARGUMENT...]: does one system call and prints what it returned: "ok 0", "EPERM".
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char** argv) {
  long arguments[6] = {0};
  for (int i = 2; i < argc && i < 8; ++i) arguments[i - 2] = (long)strtoull(argv[i], NULL, 0);
  errno = 0;
  const long result = syscall(strtol(argv[1], NULL, 0), arguments[0], arguments[1], arguments[2],
                              arguments[3], arguments[4], arguments[5]);
  if (result == -1 && errno != 0)
    printf("%s\n", strerrorname_np(errno));
  else
    printf("ok %ld\n", result);
  return 0;
}
