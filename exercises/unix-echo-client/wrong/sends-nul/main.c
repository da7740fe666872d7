// Sends the zero that ends the string in memory, after each line.
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

// Reads up to and with the newline.
static void recv_line(int fd, char *line, size_t size) {
  size_t used = 0;
  while (used < size - 1) {
    ssize_t n = recv(fd, line + used, 1, 0);
    if (n <= 0) {
      fprintf(stderr, "connection lost\n");
      exit(1);
    }
    if (line[used++] == '\n') break;
  }
  line[used] = '\0';
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: unix-echo-client PATH\n");
    return 2;
  }
  int fd = connect_to(argv[1]);

  static char line[70000];
  while (fgets(line, sizeof line - 1, stdin) != NULL) {
    if (strchr(line, '\n') == NULL) strcat(line, "\n");
    send_all(fd, line, strlen(line) + 1);
    recv_line(fd, line, sizeof line);
    fputs(line, stdout);
    fflush(stdout);
  }
  shutdown(fd, SHUT_WR);
  while (recv(fd, line, sizeof line, 0) > 0) {
  }
  close(fd);
  return 0;
}
