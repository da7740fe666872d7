// SPDX-License-Identifier: MIT
// Asks for sockets below TCP and UDP: raw, packets, ICMP, Bluetooth, the kernel's cryptography, keys.
#include "attack.h"

#include <netinet/in.h>

static void attack(void) {
  told("raw", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
  told("raw 6", socket(AF_INET6, SOCK_RAW, IPPROTO_TCP));
  told("packet", socket(AF_PACKET, SOCK_RAW, 0));
  told("packet cooked", socket(AF_PACKET, SOCK_DGRAM, 0));
  told("obsolete packet", socket(AF_INET, SOCK_PACKET, 0));
  told("alg", socket(AF_ALG, SOCK_SEQPACKET, 0));
  told("bluetooth", socket(AF_BLUETOOTH, SOCK_RAW, 0));
  told("key", socket(AF_KEY, SOCK_RAW, 2));
  told("xdp", socket(AF_XDP, SOCK_RAW, 0));
  told("can", socket(AF_CAN, SOCK_RAW, 1));
  // 32 bits of the family count; what stands above them must not open a door.
  told("high half", syscall(SYS_socket, (1L << 32) | AF_PACKET, SOCK_RAW, 0));
}
