// port-scan HOST FIRST LAST: tells which TCP ports of a host are open.
//
// One port after the other. Its socket does not block: connect() only begins, and poll() waits for what comes of it,
// for as long as this program wants and not as long as TCP would, which is minutes.
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { kPatience = 1000 };  // milliseconds that a port has to answer

static void fail(const char *what) {
  fprintf(stderr, "port-scan: %s: %s\n", what, strerror(errno));
  exit(1);
}

static long port_number(const char *text) {
  char *end;
  errno = 0;
  const long number = strtol(text, &end, 10);
  return end != text && *end == '\0' && errno == 0 && number >= 1 && number <= 65535 ? number : -1;
}

static struct sockaddr_in address_of(const char *host) {
  const struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
  struct addrinfo *found;
  const int error = getaddrinfo(host, NULL, &hints, &found);
  if (error != 0) {
    fprintf(stderr, "port-scan: %s: %s\n", host, gai_strerror(error));
    exit(1);
  }
  struct sockaddr_in address;
  memcpy(&address, found->ai_addr, sizeof address);
  freeaddrinfo(found);
  return address;
}

// What has come of a connect() that went on by itself; a port that did not answer in time is not open.
static int has_connected(int prober) {
  struct pollfd answer = {.fd = prober, .events = POLLOUT};
  const int ready = poll(&answer, 1, kPatience);
  if (ready == -1) fail("poll");
  if (ready == 0) return 0;
  int error;  // a failed connection can be "written to" as well
  socklen_t size = sizeof error;
  if (getsockopt(prober, SOL_SOCKET, SO_ERROR, &error, &size) == -1) fail("getsockopt");
  return error == 0;
}

static int is_open(struct sockaddr_in address, long port) {
  address.sin_port = htons((uint16_t)port);
  const int prober = socket(AF_INET, SOCK_STREAM, 0);
  if (prober == -1) fail("socket");
  if (fcntl(prober, F_SETFL, O_NONBLOCK) == -1) fail("fcntl");
  const int connected = connect(prober, (struct sockaddr *)&address, sizeof address) == 0 ||
                        (errno == EINPROGRESS && has_connected(prober));
  close(prober);  // open or not: each is a descriptor
  return connected;
}

int main(int argc, char *argv[]) {
  const long first = argc == 4 ? port_number(argv[2]) : -1;
  const long last = argc == 4 ? port_number(argv[3]) : -1;
  if (first == -1 || last == -1) {
    fprintf(stderr, "usage: %s HOST FIRST LAST\n", argv[0]);
    return 2;
  }
  const struct sockaddr_in host = address_of(argv[1]);
  for (long port = first; port <= last; port++) {
    if (is_open(host, port)) printf("%ld open\n", port);
  }
  return 0;
}
