// Reads to the end without having told the server that its own side is finished.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connect_to(const char *path) {
  struct sockaddr_un address;
  memset(&address, 0, sizeof address);
  address.sun_family = AF_UNIX;
  if (strlen(path) >= sizeof address.sun_path) {
    fprintf(stderr, "%s: too long\n", path);
    exit(1);
  }
  strcpy(address.sun_path, path);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd == -1 || connect(fd, (struct sockaddr *)&address, sizeof address) == -1) {
    perror(path);
    exit(1);
  }
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
  if (argc != 2) {
    fprintf(stderr, "usage: unix-echo-client PATH\n");
    return 2;
  }
  int fd = connect_to(argv[1]);

  char *line = NULL;
  size_t capacity = 0;
  ssize_t length;
  while ((length = getline(&line, &capacity, stdin)) > 0) {
    send_all(fd, line, (size_t)length);
    recv_all(fd, line, (size_t)length);
    fwrite(line, 1, (size_t)length, stdout);
    fflush(stdout);
  }
  char rest[512];
  while (recv(fd, rest, sizeof rest, 0) > 0) {
  }
  close(fd);
  return 0;
}
