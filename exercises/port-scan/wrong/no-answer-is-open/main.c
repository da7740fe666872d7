// Takes a port that did not answer in time for open: only a refusal counts.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int port_of(const char *text) {
  char *end;
  long port = strtol(text, &end, 10);
  if (*text == '\0' || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "%s is not a port\n", text);
    exit(2);
  }
  return (int)port;
}

static struct in_addr host_of(const char *name) {
  struct hostent *host = gethostbyname(name);
  if (host == NULL) {
    fprintf(stderr, "%s: unknown host\n", name);
    exit(1);
  }
  struct in_addr address;
  memcpy(&address, host->h_addr_list[0], sizeof address);
  return address;
}

static int is_open(struct sockaddr_in *address) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct timeval limit = {1, 0};
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  int refused = connect(fd, (struct sockaddr *)address, sizeof *address) == -1 && errno == ECONNREFUSED;
  close(fd);
  return !refused;
}

int main(int argc, char *argv[]) {
  if (argc != 4) {
    fprintf(stderr, "usage: port-scan HOST FIRST LAST\n");
    return 2;
  }
  int first = port_of(argv[2]);
  int last = port_of(argv[3]);
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_addr = host_of(argv[1]);
  for (int port = first; port <= last; port++) {
    address.sin_port = htons(port);
    if (is_open(&address)) printf("%d open\n", port);
  }
  return 0;
}
