// echo-client HOST PORT: sends each line of its input to an echo server and prints what comes back.
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "echo-client: %s: %s\n", what, strerror(errno));
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
    fprintf(stderr, "echo-client: %s: %s\n", host, gai_strerror(error));
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

// send() may take less than it is given: the rest goes in the next turn.
static void send_all(int server, const char *bytes, size_t length) {
  while (length > 0) {
    const ssize_t sent = send(server, bytes, length, 0);
    if (sent == -1) fail("send");
    bytes += sent;
    length -= (size_t)sent;
  }
}

// The echo is as long as what was sent, in however many pieces it comes.
static void read_echo(int server, char *bytes, size_t length) {
  while (length > 0) {
    const ssize_t got = recv(server, bytes, length, 0);
    if (got == -1) fail("recv");
    if (got == 0) {
      fprintf(stderr, "echo-client: the server closed before the echo was whole\n");
      exit(1);
    }
    bytes += got;
    length -= (size_t)got;
  }
}

static void read_to_end(int server) {
  char rest[4096];
  ssize_t got;
  while ((got = recv(server, rest, sizeof rest, 0)) > 0) {
  }
  if (got == -1) fail("recv");
}

int main(int argc, char *argv[]) {
  if (argc != 3 || !is_port(argv[2])) {
    fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);  // a lost connection shall be an error of send(), with a message
  const int server = connect_to(argv[1], argv[2]);

  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  while ((length = getline(&line, &room, stdin)) != -1) {
    send_all(server, line, (size_t)length);
    read_echo(server, line, (size_t)length);
    if (fwrite(line, 1, (size_t)length, stdout) != (size_t)length || fflush(stdout) == EOF) fail("stdout");
  }
  if (ferror(stdin)) fail("stdin");
  free(line);

  if (shutdown(server, SHUT_WR) == -1) fail("shutdown");
  read_to_end(server);
  close(server);
  return 0;
}
