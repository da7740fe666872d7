// SPDX-License-Identifier: MIT
// Includes what has no end, and what never begins.
#include "/dev/zero"
#include "/dev/stdin"
#include "/proc/self/fd/0"
int main(void) { return 0; }
