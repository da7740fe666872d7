// SPDX-License-Identifier: MIT
// Tries to reach the world outside through what /proc shows of init: its root, its memory, its descriptors.
#include "attack.h"

static void attack(void) {
  static const char* const parts[] = {"root/",    "cwd/", "exe",    "mem", "environ", "maps",
                                      "fd/",      "fd/3", "map_files/", "auxv", "stack", "syscall",
                                      "task/1/mem"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i) {
    char path[64];
    char byte;
    snprintf(path, sizeof path, "/proc/1/%s", parts[i]);
    const int fd = open(path, O_RDONLY);
    told(path + 6, fd < 0 ? fd : (int)read(fd, &byte, 1));
  }
  told("write mem", open("/proc/1/mem", O_RDWR));
  told("write exe", open("/proc/1/exe", O_WRONLY));
}
