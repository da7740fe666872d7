// SPDX-License-Identifier: MIT
// Changes what /proc tells of it: its name, its command line, where its code begins (PR_SET_MM).
#include "attack.h"

static void attack(void) {
  told("name", prctl(PR_SET_NAME, "init\n)) R 1"));
  told("start of code", prctl(PR_SET_MM, PR_SET_MM_START_CODE, 0x10000, 0, 0));
  told("other program", prctl(PR_SET_MM, PR_SET_MM_EXE_FILE, open("/usr/bin/id", O_RDONLY), 0, 0));
  told("clock of the processor", prctl(PR_SET_TSC, PR_TSC_ENABLE));
  told("sub-reaper", prctl(PR_SET_CHILD_SUBREAPER, 1));
  told("tracer", prctl(PR_SET_PTRACER, 1));
}
