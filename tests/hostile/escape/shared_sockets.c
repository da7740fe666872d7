// SPDX-License-Identifier: MIT
// Where it shares the machine's files and network: reaches for sockets outside by ways around its folder, and by
// addresses that another thread changes during the call.
#include "attack.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stddef.h>

#define OUTSIDE "../../..@SOCKET@"

static int connected(const char* name) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, name, sizeof address.sun_path - 1);
  return connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr*)&address, sizeof address);
}

static struct sockaddr_in at(const char* ip, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  inet_pton(AF_INET, ip, &address.sin_addr);
  return address;
}

static int connected_to(const char* ip, int port) {
  struct sockaddr_in address = at(ip, port);
  return connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr*)&address, sizeof address);
}

static int bound(const char* name) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, name, sizeof address.sun_path - 1);
  return bind(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr*)&address, sizeof address);
}

// --- A thread changes the address, and what its name leads to.

static union {
  struct sockaddr_un local;
  struct sockaddr_in four;
} shared;
static volatile int over;

static void* change_names(void* unused) {
  while (!over) {
    strcpy(shared.local.sun_path, OUTSIDE);
    strcpy(shared.local.sun_path, "inside");
    strcpy(shared.local.sun_path, "turning");
  }
  return unused;
}

static void* change_links(void* unused) {
  while (!over) {
    rename("turning", "spare");
    rename("leading", "turning");
    rename("spare", "leading");
  }
  return unused;
}

static void* change_ports(void* unused) {
  const struct sockaddr_in here = at("127.0.0.1", 7);
  const struct sockaddr_in there = at("127.0.0.1", outside_port);
  while (!over) {
    shared.four = there;
    shared.four = here;
  }
  return unused;
}

static void race(int family, size_t size, void* (*first)(void*), void* (*second)(void*)) {
  pthread_t threads[2];
  over = 0;
  pthread_create(&threads[0], NULL, first, NULL);
  pthread_create(&threads[1], NULL, second, NULL);
  for (int i = 0; i < 300; ++i) {
    const int fd = socket(family, SOCK_STREAM, 0);
    connect(fd, (struct sockaddr*)&shared, (socklen_t)size);
    close(fd);
  }
  over = 1;
  for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
}

static void attack(void) {
  told("there", access(OUTSIDE, F_OK));
  told("upwards", connected(OUTSIDE));
  told("whole name", connected("@SOCKET@"));
  symlink(OUTSIDE, "leading");
  told("link", connected("leading"));
  symlink("../../..", "root");
  told("folder", connected("root@SOCKET@"));
  told_of("stolen", rename(OUTSIDE, "stolen") == 0 || link(OUTSIDE, "stolen") == 0 ||
                        linkat(open(OUTSIDE, O_PATH), "", AT_FDCWD, "stolen", AT_EMPTY_PATH) == 0);
  told("bind upwards", bound("../../..@FILE@.socket"));
  told("loopback", connected_to("127.0.0.1", outside_port));
  told("world", connected_to("1.1.1.1", 443));
  told("any address", connected_to("0.0.0.0", outside_port));

  const int inside = socket(AF_UNIX, SOCK_STREAM, 0);
  const struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "inside"};
  told("own", bind(inside, (const struct sockaddr*)&name, sizeof name));
  listen(inside, 4000);
  symlink("inside", "turning");
  shared.local.sun_family = AF_UNIX;
  race(AF_UNIX, sizeof shared.local, change_names, change_links);
  shared.four = at("127.0.0.1", 7);
  race(AF_INET, sizeof shared.four, change_ports, change_ports);
  unlink("inside");
  unlink("root");
  unlink("leading");
  unlink("turning");
  unlink("spare");
}
