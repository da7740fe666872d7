// SPDX-License-Identifier: MIT
// Asks for the means to hold the kernel in the middle of a call.
#include "attack.h"

static void attack(void) {
  told("userfaultfd", syscall(SYS_userfaultfd, O_CLOEXEC));
  told("user mode only", syscall(SYS_userfaultfd, O_CLOEXEC | 1));
  told("device", open("/dev/userfaultfd", O_RDWR));
  told("fuse", open("/dev/fuse", O_RDWR));
}
