// SPDX-License-Identifier: MIT
// Includes itself for ever.
#include "endure.c"
int main(void) { return 0; }
