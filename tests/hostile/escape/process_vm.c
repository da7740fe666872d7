// SPDX-License-Identifier: MIT
// Writes into other processes' memory by process_vm_writev(2) and its relatives.
#include "attack.h"

#include <sys/uio.h>

static void attack(void) {
  char junk[64] = {0};
  const struct iovec here = {junk, sizeof junk};
  const struct iovec there = {(void*)0x400000, sizeof junk};
  told("write init", process_vm_writev(1, &here, 1, &there, 1, 0));
  told("read init", process_vm_readv(1, &here, 1, &there, 1, 0));
  told("write outside", process_vm_writev(outside_process, &here, 1, &there, 1, 0));
  const int pidfd = (int)syscall(SYS_pidfd_open, 1, 0);
  told("process_madvise", syscall(SYS_process_madvise, pidfd, &there, 1, MADV_PAGEOUT, 0));
  told("process_mrelease", syscall(SYS_process_mrelease, pidfd, 0));
  told("move_pages", syscall(SYS_move_pages, 1, 0, NULL, NULL, NULL, 0));
  told("migrate_pages", syscall(SYS_migrate_pages, 1, 0, NULL, NULL));
  told("kcmp", syscall(SYS_kcmp, 1, getpid(), 0, 0, 0));
}
