// SPDX-License-Identifier: MIT
// Brings a precompiled header, objects and a library that were prepared elsewhere, in the hope that they are used.
#include "attack.h"
#include "prepared.h"

static void attack(void) { puts(PREPARED); }
