// A process for each client, and nobody waits for any: they stay as zombies until there is no room for more.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  char *end = NULL;
  const long port = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (argc != 2 || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: daytime-server PORT\n");
    return 2;
  }
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == -1 || listen(listener, 10) == -1) {
    perror("daytime-server");
    return 1;
  }
  for (;;) {
    const int client = accept(listener, NULL, NULL);
    if (client == -1) continue;
    if (fork() == 0) {
      const time_t now = time(NULL);
      const char *line = ctime(&now);
      send(client, line, strlen(line), MSG_NOSIGNAL);
      _exit(0);
    }
    close(client);
  }
}
