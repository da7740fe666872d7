// SPDX-License-Identifier: MIT
// tcp_flood BYTES: sends so many through a connection to its child, in large pieces and small ones;
// the child says how many came.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char buffer[100000];

int main(int argc, char** argv) {
  const long bytes = argc > 1 ? atol(argv[1]) : 1;
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr*)&address, size) < 0 || listen(listener, 1) < 0) return 1;
  getsockname(listener, (struct sockaddr*)&address, &size);
  if (fork() == 0) {
    long got = 0;
    ssize_t count;
    const int connection = accept(listener, NULL, NULL);
    while ((count = read(connection, buffer, sizeof buffer)) > 0) got += count;
    printf("%ld\n", got);
    return 0;
  }
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr*)&address, size) < 0) return 1;
  for (long sent = 0, piece = 1; sent < bytes; piece = piece * 7 % 99991) {
    if (piece > bytes - sent) piece = bytes - sent;
    if (write(fd, buffer, (size_t)piece) != piece) return 1;
    sent += piece;
  }
  close(fd);
  wait(NULL);
  return 0;
}
