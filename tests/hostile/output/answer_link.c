// SPDX-License-Identifier: MIT
// Puts links where a check reads a file: to the machine's files, to itself, out of the folder.
#include "attack.h"

static void attack(void) {
  told("link", symlink(outside_file, "answer"));
  told("itself", symlink("itself", "itself"));
  told("up", symlink("../../../../../../etc/shadow", "up"));
  told("proc", symlink("/proc/self/root/etc/shadow", "proc"));
  told("init", symlink("/proc/1/environ", "init"));
}
