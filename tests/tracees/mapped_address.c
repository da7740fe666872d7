// SPDX-License-Identifier: MIT
// mapped_address BYTES: a server of IPv6 that takes IPv4 too, and a client of IPv4, which sends so
// many bytes, small ones that wait for one another (tcp(7), TCP_NODELAY); prints how many came.
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  const long bytes = argc > 1 ? atol(argv[1]) : 1;
  struct sockaddr_in6 any = {.sin6_family = AF_INET6};
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof any;
  char text[16];
  long got = 0;
  ssize_t count;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listener = socket(AF_INET6, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr*)&any, size) < 0 || listen(listener, 1) < 0) return 1;
  getsockname(listener, (struct sockaddr*)&any, &size);
  address.sin_port = any.sin6_port;
  if (fork() == 0) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr*)&address, sizeof address) < 0) return 1;
    for (long i = 0; i < bytes; ++i) {
      if (write(fd, "x", 1) != 1) return 1;
    }
    return 0;
  }
  const int connection = accept(listener, NULL, NULL);
  while ((count = read(connection, text, sizeof text)) > 0) got += count;
  wait(NULL);
  printf("%ld\n", got);
  return 0;
}
