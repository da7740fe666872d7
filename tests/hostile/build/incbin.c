// SPDX-License-Identifier: MIT
// Has the assembler put files of the machine into the program, which then writes them.
#include "attack.h"

__asm__(
    ".section .rodata\n"
    "secret: .incbin \"@EXERCISE@/solutions/secret/main.sh\"\n"
    "canary: .incbin \"@FILE@\"\n"
    ".previous\n");

static void attack(void) {}
