// SPDX-License-Identifier: MIT
// write_for_ever PATH: appends to one file until the system stops it.
#include <fcntl.h>
#include <unistd.h>

static char block[1 << 16];

int main(int argc, char** argv) {
  (void)argc;
  const int fd = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
  while (write(fd, block, sizeof block) > 0) {
  }
  return 1;
}
