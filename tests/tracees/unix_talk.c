// SPDX-License-Identifier: MIT
// A server on a socket named S in its directory, and a client; both wait for words of the other.
// And one of the abstract namespace.
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int listen_on(const char* name, socklen_t length) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  memcpy(address.sun_path, name, length);
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  length += (socklen_t)offsetof(struct sockaddr_un, sun_path);
  if (bind(fd, (struct sockaddr*)&address, length) < 0 || listen(fd, 3) < 0) _exit(1);
  return fd;
}

int main(void) {
  char byte;
  const int listener = listen_on("S", 2);
  listen_on("\0hidden", 7);
  if (fork() == 0) {
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "S"};
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr*)&address, sizeof address) < 0) return 1;
    return (int)read(fd, &byte, 1);
  }
  const int connection = accept(listener, NULL, NULL);
  return (int)read(connection, &byte, 1);
}
