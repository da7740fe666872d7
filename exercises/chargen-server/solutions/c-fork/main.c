// A process for each client; SIGPIPE ends it when the client leaves, and nobody else.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

_Noreturn static void generate(int client) {
  FILE *out = fdopen(client, "w");
  for (int first = 0;; first = (first + 1) % 95) {
    for (int i = first; i < first + 72; i++) putc(' ' + i % 95, out);
    fputs("\r\n", out);
    if (ferror(out)) _exit(0);  // what is left in the buffer is for nobody
  }
}

int main(int argc, char *argv[]) {
  char rest;
  int port;
  if (argc != 2 || sscanf(argv[1], "%d%c", &port, &rest) != 1 || port < 1 || port > 65535) {
    fprintf(stderr, "usage: chargen-server PORT\n");
    return 2;
  }
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  struct sockaddr_in here = {
      .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_ANY)};
  if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1 || listen(listener, 64) == -1) {
    perror("chargen-server");
    return 1;
  }
  for (;;) {
    const int client = accept(listener, NULL, NULL);
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;  // those whose clients have left since
    if (client == -1) continue;
    const pid_t pid = fork();
    if (pid == 0) {
      close(listener);
      generate(client);
    }
    if (pid == -1) perror("chargen-server: fork");
    close(client);
  }
}
