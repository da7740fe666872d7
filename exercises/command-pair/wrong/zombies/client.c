// Sends lines to a shell at a distance and prints the replies. A reply goes up to a byte 4, in
// however many pieces it comes.
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { kMark = 4 };

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int is_port(const char *text) {
  char *end;
  errno = 0;
  const long port = strtol(text, &end, 10);
  return errno == 0 && end != text && *end == '\0' && port >= 1 && port <= 65535;
}

static int connect_to(const char *host, const char *port) {
  struct addrinfo wanted = {0};
  wanted.ai_socktype = SOCK_STREAM;
  struct addrinfo *found;
  const int problem = getaddrinfo(host, port, &wanted, &found);
  if (problem != 0) {
    fprintf(stderr, "client: %s: %s\n", host, gai_strerror(problem));
    exit(1);
  }
  int server = -1;
  for (const struct addrinfo *one = found; one != NULL; one = one->ai_next) {
    server = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
    if (server != -1 && connect(server, one->ai_addr, one->ai_addrlen) == 0) break;
    if (server != -1) close(server);
    server = -1;
  }
  if (server == -1) fail("client: cannot connect");
  freeaddrinfo(found);
  return server;
}

static int send_all(int server, const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t sent = send(server, bytes, count, MSG_NOSIGNAL);
    if (sent == -1) return -1;
    bytes += sent;
    count -= (size_t)sent;
  }
  return 0;
}

// Prints what comes up to the mark. False: the server has closed.
static int print_reply(int server) {
  char piece[4096];
  ssize_t count;
  while ((count = recv(server, piece, sizeof piece, 0)) > 0) {
    const char *mark = memchr(piece, kMark, (size_t)count);
    const size_t before = mark != NULL ? (size_t)(mark - piece) : (size_t)count;
    if (fwrite(piece, 1, before, stdout) < before) fail("client: cannot write");
    if (mark != NULL) return 1;
  }
  return 0;
}

int main(int argc, char *argv[]) {
  if (argc != 3 || !is_port(argv[2])) {
    fprintf(stderr, "usage: client HOST PORT\n");
    return 2;
  }
  const int server = connect_to(argv[1], argv[2]);
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  for (;;) {
    printf("$ ");
    if (fflush(stdout) == EOF) fail("client: cannot write");
    if ((length = getline(&line, &size, stdin)) == -1) break;
    if (send_all(server, line, (size_t)length) == -1 || !print_reply(server)) break;
  }
  free(line);
  close(server);
  return 0;
}
