// SPDX-License-Identifier: MIT
// Tries to lay another file system over the one it has, and to take its root away.
#include "attack.h"

#include <sys/mount.h>

static void attack(void) {
  told("mount tmpfs", mount("none", "/lab", "tmpfs", 0, ""));
  told("remount", mount(NULL, "/usr", NULL, MS_REMOUNT | MS_BIND, NULL));
  told("bind", mount("/", "/tmp", NULL, MS_BIND | MS_REC, NULL));
  told("umount", umount2("/proc", MNT_DETACH));
  told("pivot_root", syscall(SYS_pivot_root, ".", "."));
  told("chroot", chroot("/proc/1/root"));
}
