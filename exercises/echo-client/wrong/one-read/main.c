// Takes one recv() for one line: an echo that comes in pieces is not whole.
#include <errno.h>
#include <netdb.h>
#include <signal.h>
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
    fprintf(stderr, "usage: echo-client HOST PORT\n");
    exit(2);
  }
}

static void send_all(int fd, const char *data, size_t size) {
  while (size > 0) {
    ssize_t n = send(fd, data, size, MSG_NOSIGNAL);
    if (n == -1) {
      perror("send");
      exit(1);
    }
    data += n;
    size -= (size_t)n;
  }
}

int main(int argc, char *argv[]) {
  check_usage(argc, argv);
  int fd = connect_to(argv[1], argv[2]);

  char *line = NULL;
  size_t capacity = 0;
  ssize_t length;
  char reply[4096];
  while ((length = getline(&line, &capacity, stdin)) > 0) {
    send_all(fd, line, (size_t)length);
    ssize_t n = recv(fd, reply, sizeof reply, 0);
    if (n <= 0) {
      fprintf(stderr, "connection lost\n");
      return 1;
    }
    fwrite(reply, 1, (size_t)n, stdout);
    fflush(stdout);
  }
  shutdown(fd, SHUT_WR);
  while (recv(fd, reply, sizeof reply, 0) > 0) {
  }
  close(fd);
  return 0;
}
