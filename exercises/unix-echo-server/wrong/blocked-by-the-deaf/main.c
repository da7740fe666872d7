// select() tells who has sent something, but send() blocks: a client that does not read holds up all.
#include <errno.h>
#include <sys/select.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char *path;

static int listen_at(const char *name) {
  struct sockaddr_un address;
  memset(&address, 0, sizeof address);
  address.sun_family = AF_UNIX;
  if (strlen(name) >= sizeof address.sun_path) {
    fprintf(stderr, "%s: too long\n", name);
    exit(1);
  }
  strcpy(address.sun_path, name);
  struct stat old;
  if (lstat(name, &old) == 0 && S_ISSOCK(old.st_mode)) unlink(name);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) == -1) {
    perror(name);
    exit(1);
  }
  if (listen(fd, 100) == -1) {
    perror("listen");
    exit(1);
  }
  return fd;
}

static void on_term(int signal_number) {
  (void)signal_number;
  unlink(path);
  _exit(0);
}

// Returns 0 when the client has left.
static int serve(int fd) {
  char buffer[4096];
  ssize_t n = recv(fd, buffer, sizeof buffer, 0);
  if (n <= 0) return 0;
  ssize_t sent = 0;
  while (sent < n) {
    ssize_t m = send(fd, buffer + sent, n - sent, MSG_NOSIGNAL);
    if (m == -1) return 0;
    sent += m;
  }
  return 1;
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: unix-echo-server PATH\n");
    return 2;
  }
  path = argv[1];
  signal(SIGTERM, on_term);
  int listener = listen_at(path);
  printf("listening %s\n", path);
  fflush(stdout);

  fd_set all;
  FD_ZERO(&all);
  FD_SET(listener, &all);
  int highest = listener;
  for (;;) {
    fd_set ready = all;
    if (select(highest + 1, &ready, NULL, NULL, NULL) == -1) continue;
    for (int fd = 0; fd <= highest; fd++) {
      if (!FD_ISSET(fd, &ready)) continue;
      if (fd == listener) {
        int client = accept(listener, NULL, NULL);
        if (client == -1) continue;
        FD_SET(client, &all);
        if (client > highest) highest = client;
      } else if (!serve(fd)) {
        FD_CLR(fd, &all);
        close(fd);
      }
    }
  }
}
