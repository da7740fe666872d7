// connection-tuple HOST PORT: connects, and tells who talks to whom.
//
// A TCP connection is known by two addresses and two ports. Two of the four were given; the other two the kernel
// chose in connect(), so they are asked for only after it.
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "connection-tuple: %s: %s\n", what, strerror(errno));
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
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
  struct addrinfo *addresses;
  const int error = getaddrinfo(host, port, &hints, &addresses);
  if (error != 0) {
    fprintf(stderr, "connection-tuple: %s: %s\n", host, gai_strerror(error));
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

// Bytes come from the network in its own order: ntohs() turns a port around where the machine has another.
static void print_address(const struct sockaddr_in *address) {
  char text[INET_ADDRSTRLEN];
  if (inet_ntop(AF_INET, &address->sin_addr, text, sizeof text) == NULL) fail("inet_ntop");
  printf("%s:%d", text, ntohs(address->sin_port));
}

static void print_tuple(int server) {
  struct sockaddr_in here, there;
  socklen_t size = sizeof here;
  if (getsockname(server, (struct sockaddr *)&here, &size) == -1) fail("getsockname");
  size = sizeof there;
  if (getpeername(server, (struct sockaddr *)&there, &size) == -1) fail("getpeername");
  print_address(&here);
  printf(" -> ");
  print_address(&there);
  printf("\n");
}

// Byte by byte, so that nothing behind the newline is taken: one line is short enough for that.
static void copy_line(int server) {
  char byte = '\0';
  while (byte != '\n') {
    const ssize_t got = recv(server, &byte, 1, 0);
    if (got == -1) fail("recv");
    if (got == 0) {
      fprintf(stderr, "connection-tuple: the server closed before the line was whole\n");
      exit(1);
    }
    putchar(byte);
  }
}

int main(int argc, char *argv[]) {
  if (argc != 3 || !is_port(argv[2])) {
    fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
    return 2;
  }
  const int server = connect_to(argv[1], argv[2]);
  print_tuple(server);
  if (fflush(stdout) == EOF) fail("stdout");  // the line may be long in coming
  copy_line(server);
  close(server);
  if (fflush(stdout) == EOF) fail("stdout");
  return 0;
}
