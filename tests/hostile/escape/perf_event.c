// SPDX-License-Identifier: MIT
// Measures itself, the whole machine and the process outside.
#include "attack.h"

#include <linux/perf_event.h>

static void attack(void) {
  struct perf_event_attr event = {.type = PERF_TYPE_SOFTWARE,
                                  .size = sizeof event,
                                  .config = PERF_COUNT_SW_CPU_CLOCK,
                                  .exclude_kernel = 1};
  told("itself", syscall(SYS_perf_event_open, &event, 0, -1, -1, 0));
  told("machine", syscall(SYS_perf_event_open, &event, -1, 0, -1, 0));
  told("outside", syscall(SYS_perf_event_open, &event, outside_process, -1, -1, 0));
}
