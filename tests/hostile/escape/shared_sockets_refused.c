// SPDX-License-Identifier: MIT
// Where it shares the machine's files and network: asks for sockets that nothing bounds there. The last of them is a
// message to the outside.
#include "attack.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>

static int connected(const char* name, int abstract) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strcpy(address.sun_path + abstract, name);
  return connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr*)&address,
                 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)abstract + strlen(name)));
}

static int sent(int fd, const void* address, socklen_t size) {
  char byte = 'x';
  struct iovec piece = {&byte, 1};
  const struct msghdr message = {
      .msg_name = (void*)address, .msg_namelen = size, .msg_iov = &piece, .msg_iovlen = 1};
  return sendto(fd, "x", 1, 0, address, size) < 0 && sendmsg(fd, &message, 0) < 0 ? -1 : 0;
}

static void attack(void) {
  char name[64];
  told("abstract", connected(outside_abstract, 1));
  told("root of another kind", connected("/proc/self/root@SOCKET@", 0));
  told("folder of another kind", connected("/proc/self/cwd/../../..@SOCKET@", 0));
  snprintf(name, sizeof name, "/proc/self/fd/%d", open("../../..@SOCKET@", O_PATH));
  told("descriptor", connected(name, 0));
  snprintf(name, sizeof name, "/proc/%d/root/x", outside_process);
  told("somebody's root", connected(name, 0));

  const struct sockaddr_in port = {.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)outside_port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  told("UDP", sent(socket(AF_INET, SOCK_DGRAM, 0), &port, sizeof port));
  const struct sockaddr_un path = {.sun_family = AF_UNIX, .sun_path = "../../..@SOCKET@"};
  told("local message", sent(socket(AF_UNIX, SOCK_DGRAM, 0), &path, sizeof path));
  int pair[2] = {-1, -1};
  told("pair", socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
  told("message of a pair", sent(pair[0], &path, sizeof path));
  told("fast open", sendto(socket(AF_INET, SOCK_STREAM, 0), "x", 1, MSG_FASTOPEN,
                           (const struct sockaddr*)&port, sizeof port));
  told("packets", socket(AF_PACKET, SOCK_RAW, 0));
  told("raw", socket(AF_INET, SOCK_RAW, 255));
  told("vsock", socket(AF_VSOCK, SOCK_STREAM, 0));
  told("netlink", socket(AF_NETLINK, SOCK_RAW, 0));
}
