// getnameinfo() writes an address of any family; the connection is a stream of stdio.
#define _GNU_SOURCE
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef int (*get_name)(int, struct sockaddr *, socklen_t *);

static void print_end(int server, get_name get, const char *after) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  char host[NI_MAXHOST], port[NI_MAXSERV];
  if (get(server, (struct sockaddr *)&address, &size) == -1 ||
      getnameinfo((struct sockaddr *)&address, size, host, sizeof host, port, sizeof port,
                  NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    fprintf(stderr, "connection-tuple: no address\n");
    exit(1);
  }
  printf("%s:%s%s", host, port, after);
}

int main(int argc, char *argv[]) {
  char *rest = "";
  const long port = argc == 3 ? strtol(argv[2], &rest, 10) : 0;
  if (port < 1 || port > 65535 || *rest != '\0') {
    fprintf(stderr, "usage: connection-tuple HOST PORT\n");
    return 2;
  }
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
  const int error = getaddrinfo(argv[1], argv[2], &hints, &found);
  if (error != 0) {
    fprintf(stderr, "connection-tuple: %s\n", gai_strerror(error));
    return 1;
  }
  const int server = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(server, found->ai_addr, found->ai_addrlen) == -1) {
    perror("connection-tuple");
    return 1;
  }
  freeaddrinfo(found);
  setlinebuf(stdout);
  print_end(server, (get_name)getsockname, " -> ");
  print_end(server, (get_name)getpeername, "\n");

  FILE *stream = fdopen(server, "r");
  char *line = NULL;
  size_t room = 0;
  if (getline(&line, &room, stream) == -1) {
    fprintf(stderr, "connection-tuple: no line came\n");
    return 1;
  }
  fputs(line, stdout);
  free(line);
  fclose(stream);
  return 0;
}
