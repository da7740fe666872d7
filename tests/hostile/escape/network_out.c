// SPDX-License-Identifier: MIT
// Connects to the world, to the network's own machines and to what listens on this machine's loopback.
#include "attack.h"

#include <arpa/inet.h>
#include <poll.h>

static void reach(const char* what, const char* ip, int port, int type) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  inet_pton(AF_INET, ip, &address.sin_addr);
  const int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0);
  int result = connect(fd, (struct sockaddr*)&address, sizeof address);
  if (result == 0 && type == SOCK_DGRAM) result = (int)send(fd, "x", 1, 0);
  if (result < 0 && errno == EINPROGRESS) {
    struct pollfd ready = {fd, POLLOUT, 0};
    socklen_t size = sizeof errno;
    poll(&ready, 1, 1000);
    int error = 0;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    errno = error;
    result = error == 0 ? 0 : -1;
  }
  told(what, result);
  close(fd);
}

static void attack(void) {
  reach("world", "1.1.1.1", 443, SOCK_STREAM);
  reach("world by UDP", "1.1.1.1", 53, SOCK_DGRAM);
  reach("metadata", "169.254.169.254", 80, SOCK_STREAM);
  reach("broadcast", "255.255.255.255", 9, SOCK_DGRAM);
  reach("loopback", "127.0.0.1", outside_port, SOCK_STREAM);
  // Sent into its own network, where nobody is.
  reach("loopback by UDP", "127.0.0.1", outside_port, SOCK_DGRAM);
}
