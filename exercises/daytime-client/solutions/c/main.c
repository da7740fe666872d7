// daytime-client HOST PORT: asks a server for date and time (RFC 867).
//
// Nothing is sent: the server speaks when somebody connects, and closes. So the end of the connection is the
// end of the answer, and recv() is called until it says so.
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "daytime-client: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int is_port(const char *text) {
  char *end;
  errno = 0;
  const long number = strtol(text, &end, 10);
  return end != text && *end == '\0' && errno == 0 && number >= 1 && number <= 65535;
}

// A host can have several addresses: the first one that answers will do.
static int connect_to(const char *host, const char *port) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  struct addrinfo *addresses;
  const int error = getaddrinfo(host, port, &hints, &addresses);
  if (error != 0) {
    fprintf(stderr, "daytime-client: %s: %s\n", host, gai_strerror(error));
    exit(1);
  }
  int server = -1;
  for (struct addrinfo *a = addresses; a != NULL && server == -1; a = a->ai_next) {
    server = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
    if (server != -1 && connect(server, a->ai_addr, a->ai_addrlen) == -1) {
      const int reason = errno;
      close(server);
      server = -1;
      errno = reason;
    }
  }
  if (server == -1) fail(host);
  freeaddrinfo(addresses);
  return server;
}

int main(int argc, char *argv[]) {
  if (argc != 3 || !is_port(argv[2])) {
    fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
    return 2;
  }
  const int server = connect_to(argv[1], argv[2]);
  char piece[128];
  ssize_t got;
  while ((got = recv(server, piece, sizeof piece, 0)) > 0) {
    // A blocking write() takes all, or there is an error.
    if (write(STDOUT_FILENO, piece, (size_t)got) != got) fail("stdout");
  }
  if (got == -1) fail("recv");
  close(server);
  return 0;
}
