// SPDX-License-Identifier: MIT
// fill_disk DIRECTORY...: writes one file of 1 MiB after another, in each directory in turn, until
// none takes more; prints how many MiB went in altogether and the last reason.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char block[1 << 20];

int main(int argc, char** argv) {
  int files = 0;
  int reason = 0;
  for (int i = 1; i < argc; ++i) {
    for (;; ++files) {
      char path[256];
      snprintf(path, sizeof path, "%s/%d", argv[i], files);
      const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
      const ssize_t written = fd < 0 ? -1 : write(fd, block, sizeof block);
      reason = errno;
      if (fd >= 0) close(fd);
      if (written != (ssize_t)sizeof block) break;
    }
  }
  printf("%d %s\n", files, strerrorname_np(reason));
  return 0;
}
