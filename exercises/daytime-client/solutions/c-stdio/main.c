// The connection as a stream of stdio: fgets() reads to the newline, in however many pieces it comes.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char *argv[]) {
  char *rest = "";
  const long port = argc == 3 ? strtol(argv[2], &rest, 10) : 0;
  if (*rest != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: daytime-client HOST PORT\n");
    return 2;
  }
  const struct hostent *host = gethostbyname(argv[1]);
  if (host == NULL) {
    herror("daytime-client");
    return 1;
  }
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  memcpy(&address.sin_addr, host->h_addr_list[0], sizeof address.sin_addr);
  const int server = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(server, (struct sockaddr *)&address, sizeof address) == -1) {
    perror("daytime-client");
    return 1;
  }
  FILE *stream = fdopen(server, "r");
  char line[256];
  if (fgets(line, sizeof line, stream) == NULL || ferror(stream)) {
    perror("daytime-client");
    return 1;
  }
  line[strcspn(line, "\r\n")] = '\0';
  puts(line);
  fclose(stream);
  return 0;
}
