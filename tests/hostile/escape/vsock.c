// SPDX-License-Identifier: MIT
// Talks to the hypervisor: its addresses are in no namespace.
#include "attack.h"

static void attack(void) {
  told("stream", socket(AF_VSOCK, SOCK_STREAM, 0));
  told("datagram", socket(AF_VSOCK, SOCK_DGRAM, 0));
  told("pair", socketpair(AF_VSOCK, SOCK_STREAM, 0, (int[2]){0}));
  told("pair of TIPC", socketpair(AF_TIPC, SOCK_STREAM, 0, (int[2]){0}));
  told("device", open("/dev/vsock", O_RDWR));
}
