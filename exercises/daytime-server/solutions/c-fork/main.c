// A process for each client that becomes date(1), with the connection as its standard output.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  unsigned port;
  int used = 0;
  if (argc != 2 || sscanf(argv[1], "%5u%n", &port, &used) != 1 || argv[1][used] != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: daytime-server PORT\n");
    return 2;
  }
  signal(SIGCHLD, SIG_IGN);  // nobody asks how they ended: the kernel reaps them by itself
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = INADDR_ANY};
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == -1 || listen(listener, 64) == -1) {
    perror("daytime-server");
    return 1;
  }
  for (;;) {
    const int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (client == -1) continue;
    switch (fork()) {
      case 0:
        dup2(client, STDOUT_FILENO);  // the copy stays open across exec
        execlp("date", "date", (char *)NULL);
        perror("daytime-server: date");
        _exit(127);
      case -1:
        perror("daytime-server: fork");
    }
    close(client);
  }
}
