// The connection as two stdio streams: one to write lines, one to read them.
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 3 || argv[2][0] == '\0' || strspn(argv[2], "0123456789") != strlen(argv[2]) || strlen(argv[2]) > 5 ||
      atoi(argv[2]) < 1 || atoi(argv[2]) > 65535) {
    fputs("echo-client: give me a host and a port\n", stderr);
    exit(2);
  }
  signal(SIGPIPE, SIG_IGN);

  struct addrinfo *address, wanted = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
  if (getaddrinfo(argv[1], argv[2], &wanted, &address) != 0) {
    fprintf(stderr, "echo-client: I do not know the host %s\n", argv[1]);
    return EXIT_FAILURE;
  }
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (s < 0 || connect(s, address->ai_addr, address->ai_addrlen) != 0) {
    perror("echo-client");
    return EXIT_FAILURE;
  }
  freeaddrinfo(address);

  FILE *to_server = fdopen(dup(s), "w");
  FILE *from_server = fdopen(s, "r");
  static char line[65536 + 2];
  while (fgets(line, sizeof line - 1, stdin) != NULL) {
    if (line[strlen(line) - 1] != '\n') strcat(line, "\n");
    if (fputs(line, to_server) == EOF || fflush(to_server) == EOF) {
      perror("echo-client");
      return EXIT_FAILURE;
    }
    if (fgets(line, sizeof line, from_server) == NULL || line[strlen(line) - 1] != '\n') {
      fputs("echo-client: connection lost\n", stderr);
      return EXIT_FAILURE;
    }
    fputs(line, stdout);
    fflush(stdout);
  }
  shutdown(s, SHUT_WR);
  while (fgets(line, sizeof line, from_server) != NULL) {
  }
  return EXIT_SUCCESS;
}
