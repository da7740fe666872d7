// Reads all of its input before it looks at the server.
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_to(const char *host, const char *port) {
  struct addrinfo hints, *result;
  memset(&hints, 0, sizeof hints);
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  int error = getaddrinfo(host, port, &hints, &result);
  if (error != 0) {
    fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
    exit(1);
  }
  int fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  if (fd == -1 || connect(fd, result->ai_addr, result->ai_addrlen) == -1) {
    perror("connect");
    exit(1);
  }
  freeaddrinfo(result);
  return fd;
}

static void check_usage(int argc, char *argv[]) {
  char *end = NULL;
  long port = argc == 3 ? strtol(argv[2], &end, 10) : 0;
  if (argc != 3 || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: telnet HOST PORT\n");
    exit(2);
  }
}

static void write_all(int fd, const char *bytes, ssize_t size) {
  while (size > 0) {
    ssize_t n = write(fd, bytes, size);
    if (n == -1) {
      perror("write");
      exit(1);
    }
    bytes += n;
    size -= n;
  }
}

int main(int argc, char *argv[]) {
  check_usage(argc, argv);
  int server = connect_to(argv[1], argv[2]);
  char buffer[4096];
  ssize_t n;
  while ((n = read(0, buffer, sizeof buffer)) > 0) write_all(server, buffer, n);
  shutdown(server, SHUT_WR);
  while ((n = read(server, buffer, sizeof buffer)) > 0) write_all(1, buffer, n);
  close(server);
  return 0;
}
