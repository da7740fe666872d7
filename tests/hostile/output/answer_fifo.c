// SPDX-License-Identifier: MIT
// Puts a FIFO where a check reads a file: who opens it waits for ever.
#include "attack.h"

static void attack(void) { told("fifo", mkfifo("answer", 0666)); }
