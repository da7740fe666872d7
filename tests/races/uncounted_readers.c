// SPDX-License-Identifier: MIT
// The same lock, but the readers count themselves without a lock: one of them can find the other's
// count and read without any, or both lock and only one unlocks.
#define UNCOUNTED
#include "readers_writer.c"
