// One process that waits with select(), but sends to a socket that blocks: who does not read stops it.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static int port_of(int argc, char *argv[]) {
  char *end = NULL;
  long port = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (argc != 2 || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: chargen-server PORT\n");
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


enum { kLines = 95 * 1000 };
static char lines[kLines * 74];

int main(int argc, char *argv[]) {
  int listener = listen_on(port_of(argc, argv));
  signal(SIGPIPE, SIG_IGN);
  for (int n = 0; n < kLines; n++) {
    for (int i = 0; i < 72; i++) lines[n * 74 + i] = ' ' + (n + i) % 95;
    memcpy(lines + n * 74 + 72, "\r\n", 2);
  }
  fd_set clients;
  FD_ZERO(&clients);
  int highest = listener;
  while (1) {
    fd_set reading, writing = clients;
    FD_ZERO(&reading);
    FD_SET(listener, &reading);
    if (select(highest + 1, &reading, &writing, NULL, NULL) == -1) continue;
    for (int fd = 0; fd <= highest; fd++) {
      if (!FD_ISSET(fd, &writing)) continue;
      if (send(fd, lines, sizeof lines, 0) == -1) {
        FD_CLR(fd, &clients);
        close(fd);
      }
    }
    if (FD_ISSET(listener, &reading)) {
      int client = accept(listener, NULL, NULL);
      if (client == -1) continue;
      FD_SET(client, &clients);
      if (client > highest) highest = client;
    }
  }
}
