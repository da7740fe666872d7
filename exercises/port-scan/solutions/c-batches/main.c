// Up to 64 ports at the same time with one poll(); a table remembers what came of each.
#define _GNU_SOURCE
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { kTogether = 64, kPatience = 1500 };

static char open_ports[65536];

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void scan(struct sockaddr_in host, int first, int count) {
  struct pollfd probes[kTogether];
  for (int i = 0; i < count; i++) {
    host.sin_port = htons((uint16_t)(first + i));
    probes[i] = (struct pollfd){.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), .events = POLLOUT};
    connect(probes[i].fd, (struct sockaddr *)&host, sizeof host);  // its result is read from the socket
  }
  const long end = now() + kPatience;
  for (int left = count; left > 0;) {
    const long time = end - now();
    if (time <= 0 || poll(probes, (nfds_t)count, (int)time) <= 0) break;
    for (int i = 0; i < count; i++) {
      if (probes[i].fd == -1 || probes[i].revents == 0) continue;
      int error = -1;
      getsockopt(probes[i].fd, SOL_SOCKET, SO_ERROR, &error, &(socklen_t){sizeof error});
      open_ports[first + i] = error == 0;
      close(probes[i].fd);
      probes[i].fd = -1;
      left--;
    }
  }
  for (int i = 0; i < count; i++) {
    if (probes[i].fd != -1) close(probes[i].fd);
  }
}

int main(int argc, char **argv) {
  int first = 0, last = 0, used1 = 0, used2 = 0;
  if (argc != 4 || sscanf(argv[2], "%d%n", &first, &used1) != 1 || sscanf(argv[3], "%d%n", &last, &used2) != 1 ||
      argv[2][used1] != '\0' || argv[3][used2] != '\0' || first < 1 || first > 65535 || last < 1 || last > 65535) {
    fputs("usage: port-scan HOST FIRST LAST\n", stderr);
    return 2;
  }
  const struct hostent *found = gethostbyname(argv[1]);
  if (found == NULL) {
    herror("port-scan");
    return 1;
  }
  struct sockaddr_in host = {.sin_family = AF_INET};
  memcpy(&host.sin_addr, found->h_addr_list[0], sizeof host.sin_addr);
  for (int port = first; port <= last; port += kTogether) {
    scan(host, port, last - port + 1 < kTogether ? last - port + 1 : kTogether);
  }
  for (int port = first; port <= last; port++) {
    if (open_ports[port]) printf("%d open\n", port);
  }
  return 0;
}
