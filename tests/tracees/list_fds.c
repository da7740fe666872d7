// SPDX-License-Identifier: MIT
// Prints the numbers of its open descriptors, on one line.
#include <fcntl.h>
#include <stdio.h>

int main(void) {
  int open[1024];
  int count = 0;
  for (int fd = 0; fd < 1024; ++fd)
    if (fcntl(fd, F_GETFD) != -1) open[count++] = fd;
  for (int i = 0; i < count; ++i) printf("%s%d", i == 0 ? "" : " ", open[i]);
  printf("\n");
  return 0;
}
