// SPDX-License-Identifier: MIT
// Replaces what init relies on: the folders of the sandbox, its mount points, its working directory.
#include "attack.h"

static void attack(void) {
  told("move /lab", rename("/lab", "/tmp/lab"));
  told("remove /lab", rmdir("/lab"));
  told("move /program", rename("/program", "/tmp/program"));
  told("write /program", open("/program/endure", O_WRONLY));
  told("new program", open("/program/other", O_WRONLY | O_CREAT, 0755));
  told("link in the root", symlink("/lab", "/x"));
  told("passwd", open("/etc/passwd", O_WRONLY));
  told("close /lab", chmod("/lab", 0));
  told("look into it", open("/lab/given", O_RDONLY));
  told("open /lab", chmod("/lab", 0755));
  told("close /dev/shm", chmod("/dev/shm", 0));
}
