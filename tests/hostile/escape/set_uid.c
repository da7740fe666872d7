// SPDX-License-Identifier: MIT
// Makes set-uid programs and runs those of the system, to become somebody else.
#include "attack.h"

#include <grp.h>

static void run(const char* path) {
  char* const argv[] = {"x", "-u", NULL};
  if (fork() == 0) {
    execve(path, argv, environ);
    _exit(1);
  }
  wait(NULL);
}

static void attack(void) {
  (void)!system("cp /usr/bin/id /lab/id");
  told("set-uid", chmod("/lab/id", 06755));
  puts("it is");
  fflush(stdout);
  run("/lab/id");
  unlink("/lab/id");
  told("chown", chown("/lab/given", 0, 0));
  told("setuid 0", setuid(0));
  told("setgid 0", setgid(0));
  told("setgroups", setgroups(0, NULL));
  told("capset", syscall(SYS_capset, (int[2]){0x20080522, 0}, (int[6]){-1, -1, -1, -1, -1, -1}));
  told("ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0));
  told("keep", prctl(PR_SET_SECUREBITS, 0));
  (void)!system("su -c id </dev/null 2>&1 | grep -c uid=0");
}
