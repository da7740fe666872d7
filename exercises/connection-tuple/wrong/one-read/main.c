// Takes what one recv() gives for the whole line.
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
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
    fprintf(stderr, "usage: connection-tuple HOST PORT\n");
    exit(2);
  }
}

int main(int argc, char *argv[]) {
  check_usage(argc, argv);
  int fd = connect_to(argv[1], argv[2]);
  struct sockaddr_in here, there;
  socklen_t size = sizeof here;
  getsockname(fd, (struct sockaddr *)&here, &size);
  size = sizeof there;
  getpeername(fd, (struct sockaddr *)&there, &size);
  printf("%s:%d -> ", inet_ntoa(here.sin_addr), ntohs(here.sin_port));
  printf("%s:%d\n", inet_ntoa(there.sin_addr), ntohs(there.sin_port));
  fflush(stdout);
  char line[256];
  ssize_t n = recv(fd, line, sizeof line, 0);
  if (n == -1) {
    perror("recv");
    return 1;
  }
  fwrite(line, 1, n, stdout);
  close(fd);
  return 0;
}
