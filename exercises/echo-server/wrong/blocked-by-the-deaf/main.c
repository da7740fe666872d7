// select() tells who has sent something, but send() blocks: a client that does not read holds up all.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/select.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int port_of(int argc, char *argv[]) {
  char *end = NULL;
  long port = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (argc != 2 || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: echo-server PORT\n");
    exit(2);
  }
  return (int)port;
}

static int listen_on(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = inet_addr("127.0.0.1");
  address.sin_port = htons(port);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) == -1) {
    perror("bind");
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
  int port = port_of(argc, argv);
  signal(SIGTERM, on_term);
  int listener = listen_on(port);
  printf("listening %d\n", port);
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
