// SPDX-License-Identifier: MIT
// Receives a message into two pieces of memory, and prints what it got and what it says of them
// after each call.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
int main(void) {
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
  char first[3], second[7];
  struct iovec pieces[2] = {{first, 3}, {second, 7}};
  struct msghdr message = {.msg_iov = pieces, .msg_iovlen = 2};
  for (int left = 5; left > 0;) {
    int got = recvmsg(b, &message, 0);
    printf("%d %zu %zu %zu\n", got, message.msg_iovlen, pieces[0].iov_len, pieces[1].iov_len);
    left -= got;
  }
  return 0;
}
