// SPDX-License-Identifier: MIT
// Opens descriptors until there are no more, in many processes; and hides more in sockets' buffers.
#include "attack.h"

#include <sys/uio.h>

static void attack(void) {
  long made = 0;
  while (dup(1) >= 0) ++made;
  told("more", -1);
  told_of("made", made);
  for (int fd = 3; fd < 1024; ++fd) close(fd);
  int ends[2];
  (void)!socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends);
  union {
    struct cmsghdr head;
    char space[CMSG_SPACE(sizeof(int) * 200)];
  } control = {0};
  struct iovec part = {"x", 1};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  control.head = (struct cmsghdr){
      .cmsg_len = CMSG_LEN(sizeof(int) * 200), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
  int* const fds = (int*)CMSG_DATA(&control.head);
  for (int i = 0; i < 200; ++i) fds[i] = 1;
  long sent = 0;
  while (sent < 10000 && sendmsg(ends[0], &message, 0) > 0) ++sent;
  told("in flight", -1);
}
