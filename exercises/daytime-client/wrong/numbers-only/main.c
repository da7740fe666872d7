// inet_pton() knows no names.
#include <errno.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void check_usage(int argc, char *argv[]) {
  char *end = NULL;
  long port = argc == 3 ? strtol(argv[2], &end, 10) : 0;
  if (argc != 3 || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: daytime-client HOST PORT\n");
    exit(2);
  }
}

int main(int argc, char *argv[]) {
  check_usage(argc, argv);
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons(atoi(argv[2]));
  if (inet_pton(AF_INET, argv[1], &address.sin_addr) != 1) {
    fprintf(stderr, "%s is not an address\n", argv[1]);
    return 1;
  }
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) == -1) {
    perror("connect");
    return 1;
  }
  char piece[256];
  ssize_t n;
  while ((n = recv(fd, piece, sizeof piece, 0)) > 0) fwrite(piece, 1, (size_t)n, stdout);
  if (n == -1) {
    perror("recv");
    return 1;
  }
  close(fd);
  return 0;
}
