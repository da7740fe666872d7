// SPDX-License-Identifier: MIT
// Waits in poll() for nothing, without a timeout.
#include <poll.h>
#include <stddef.h>

int main(void) { return poll(NULL, 0, -1); }
