// SPDX-License-Identifier: MIT
// Connects to UNIX sockets outside, by path and by abstract name, which is no path.
#include "attack.h"

#include <stddef.h>

static void reach(const char* what, const char* name, int abstract) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strcpy(address.sun_path + abstract, name);
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  told(what, connect(fd, (struct sockaddr*)&address,
                     (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)abstract + strlen(name))));
}

static void attack(void) {
  reach("abstract", outside_abstract, 1);
  reach("path", outside_socket, 0);
  reach("docker", "/run/docker.sock", 0);
  reach("dbus", "/run/dbus/system_bus_socket", 0);
}
