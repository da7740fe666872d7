// SPDX-License-Identifier: MIT
// Reads and writes the host's files by every path that may lead there.
#include "attack.h"

static void reach(const char* path, int flags) {
  char byte;
  const int fd = open(path, flags, 0666);
  told(path, fd < 0 ? fd : (int)read(fd, &byte, 1));
}

static void attack(void) {
  static const char* const paths[] = {"/etc/shadow", "/root/", "/home/", "/boot/", "/sys/kernel", "/sys/fs/cgroup/cgroup.procs",
                                      "/var/lib/", "/var/log/", "/oldroot/", "/proc/self/root/root/"};
  char path[512];
  for (size_t i = 0; i < sizeof paths / sizeof *paths; ++i) reach(paths[i], O_RDONLY);
  errno = 0;
  told("canary", open(outside_file, O_RDWR));
  snprintf(path, sizeof path, "/../../../../../../..%s", outside_file);
  told("canary from above", open(path, O_RDWR));
  snprintf(path, sizeof path, "/proc/self/root/../..%s", outside_file);
  told("canary by the root", open(path, O_RDWR));
  snprintf(path, sizeof path, "/proc/1/root%s", outside_file);
  told("canary by init", open(path, O_RDWR));
  told("link", symlink(outside_file, "/lab/l"));
  told("canary by a link", open("/lab/l", O_RDWR));
  told("hard link", link(outside_file, "/lab/h"));
  unlink("/lab/l");
}
