// daytime-server PORT: tells each client date and time, and closes (RFC 867).
//
// One client after the other: each is served within microseconds, since nothing is expected from it and
// one line fits into what the kernel keeps for it. Those who come meanwhile wait in the listening socket's queue.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "daytime-server: %s: %s\n", what, strerror(errno));
  exit(1);
}

static long port_number(const char *text) {
  char *end;
  errno = 0;
  const long number = strtol(text, &end, 10);
  return end != text && *end == '\0' && errno == 0 && number >= 1 && number <= 65535 ? number : -1;
}

static int listen_on(uint16_t port) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (listener == -1) fail("socket");
  const int yes = 1;  // who closes first, as this server does, keeps the port for a minute otherwise
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == -1) fail("setsockopt");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_ANY);  // the time is no secret
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == -1) fail("bind");
  if (listen(listener, SOMAXCONN) == -1) fail("listen");
  return listener;
}

static void tell_time(int client) {
  const time_t now = time(NULL);
  char line[64];
  const size_t length = strftime(line, sizeof line, "%a %b %e %H:%M:%S %Y\r\n", localtime(&now));
  // A client that is gone is no reason to end: no SIGPIPE, and nothing to do about an error.
  (void)send(client, line, length, MSG_NOSIGNAL);
}

int main(int argc, char *argv[]) {
  const long port = argc == 2 ? port_number(argv[1]) : -1;
  if (port == -1) {
    fprintf(stderr, "usage: %s PORT\n", argv[0]);
    return 2;
  }
  const int listener = listen_on((uint16_t)port);
  for (;;) {
    const int client = accept(listener, NULL, NULL);
    if (client == -1) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      fail("accept");
    }
    tell_time(client);
    close(client);
  }
}
