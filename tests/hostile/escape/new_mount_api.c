// SPDX-License-Identifier: MIT
// Tries the calls of the new mount interface: a detached copy of the tree, a file system of its own, attributes taken
// off.
#include "attack.h"

#include <linux/mount.h>

static void attack(void) {
  struct mount_attr attributes = {.attr_clr = MOUNT_ATTR_RDONLY};
  told("open_tree", syscall(SYS_open_tree, AT_FDCWD, "/", 1 | AT_RECURSIVE));
  told("fsopen", syscall(SYS_fsopen, "tmpfs", 0));
  told("fspick", syscall(SYS_fspick, AT_FDCWD, "/usr", 0));
  told("fsconfig", syscall(SYS_fsconfig, 0, 0, "size", "1", 0));
  told("fsmount", syscall(SYS_fsmount, 0, 0, 0));
  told("move_mount", syscall(SYS_move_mount, AT_FDCWD, "/usr", AT_FDCWD, "/lab", 0));
  told("mount_setattr",
       syscall(SYS_mount_setattr, AT_FDCWD, "/usr", 0, &attributes, sizeof attributes));
}
