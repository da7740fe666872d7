// SPDX-License-Identifier: MIT
// A small source that becomes a program of a gigabyte.
#include "attack.h"

char large[1 << 30] = {1};
static void attack(void) { printf("%d\n", large[1]); }
