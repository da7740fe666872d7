// SPDX-License-Identifier: MIT
// Asks for what is the machine's own: its clock, its modules, its swap, its log, its end.
#include "attack.h"

#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

static void attack(void) {
  const struct timespec then = {1000000000, 0};
  struct timex tick = {.modes = ADJ_TICK, .tick = 10000};
  told("clock", clock_settime(CLOCK_REALTIME, &then));
  told("clock, old", settimeofday(&(struct timeval){1000000000, 0}, NULL));
  told("adjust", adjtimex(&tick));
  told("name", sethostname("hostile", 7));
  told("domain", setdomainname("hostile", 7));
  told("reboot", syscall(SYS_reboot, 0xfee1dead, 672274793, 0, NULL));
  told("kexec", syscall(SYS_kexec_load, 0, 0, NULL, 0));
  told("kexec file", syscall(SYS_kexec_file_load, -1, -1, 0, NULL, 0));
  told("module", syscall(SYS_init_module, NULL, 0, ""));
  told("module file", syscall(SYS_finit_module, -1, "", 0));
  told("no module", syscall(SYS_delete_module, "x", 0));
  told("swap on", syscall(SYS_swapon, "/lab/given", 0));
  told("swap off", syscall(SYS_swapoff, "/lab/given"));
  told("log", syscall(SYS_syslog, 3, NULL, 0));
  told("accounting", acct("/lab/given"));
  told("quota", syscall(SYS_quotactl, 0, "/", 0, NULL));
  told("iopl", syscall(SYS_iopl, 3));
  told("ioperm", syscall(SYS_ioperm, 0x70, 2, 1));
  told("hang up", vhangup());
  told("segments", syscall(SYS_modify_ldt, 0, NULL, 0));
  told("fanotify", syscall(SYS_fanotify_init, 0, 0));
}
