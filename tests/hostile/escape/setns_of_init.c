// SPDX-License-Identifier: MIT
// Tries to enter the namespaces of init, and its own again.
#include "attack.h"

#include <sched.h>

static void attack(void) {
  static const char* const kinds[] = {"user", "mnt", "pid", "net", "ipc", "uts", "cgroup"};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i) {
    char path[64];
    snprintf(path, sizeof path, "/proc/1/ns/%s", kinds[i]);
    told(path, open(path, O_RDONLY));
    snprintf(path, sizeof path, "/proc/self/ns/%s", kinds[i]);
    const int own = open(path, O_RDONLY);
    told(path + 5, setns(own, 0));
  }
  told("by pidfd", setns((int)syscall(SYS_pidfd_open, 1, 0), CLONE_NEWNS));
}
