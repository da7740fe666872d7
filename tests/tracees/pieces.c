// SPDX-License-Identifier: MIT
// Receives a message into two pieces of memory, and prints what it got and what it says of them
// after each call; reads the same into pieces of which a constant tells, if it has an argument.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/uio.h>

static char first[3], second[7];
static const struct iovec constant[2] = {{first, 3}, {second, 7}};

int main(int argc, char **argv) {
  (void)argv;
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof here;
  int server = socket(AF_INET, SOCK_STREAM, 0);
  bind(server, (struct sockaddr *)&here, size);
  listen(server, 1);
  getsockname(server, (struct sockaddr *)&here, &size);
  int a = socket(AF_INET, SOCK_STREAM, 0);
  connect(a, (struct sockaddr *)&here, size);
  int b = accept(server, NULL, NULL);
  send(a, "hello", 5, 0);
  struct iovec pieces[2] = {{first, 3}, {second, 7}};
  struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2};
  for (int left = 5; left > 0;) {
    int got = argc > 1 ? (int)readv(b, constant, 2) : (int)recvmsg(b, &message, 0);
    const struct iovec *of = argc > 1 ? constant : pieces;
    printf("%d %zu %zu %zu\n", got, message.msg_iovlen, of[0].iov_len, of[1].iov_len);
    left -= got;
  }
  return 0;
}
