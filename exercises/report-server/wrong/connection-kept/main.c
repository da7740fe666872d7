// The connection is never closed: each client leaves a descriptor open, until there are no more.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// A report as a stream that grows; NULL if the connection broke.
static char *gather(int client, size_t *size) {
  char *report = NULL;
  FILE *growing = open_memstream(&report, size);
  char piece[1000];
  ssize_t count;
  while (growing != NULL && (count = read(client, piece, sizeof piece)) > 0) {
    fwrite(piece, 1, (size_t)count, growing);
  }
  if (growing != NULL) fclose(growing);
  if (count == 0) return report;
  free(report);
  return NULL;
}

int main(int argc, char *argv[]) {
  const size_t digits = argc == 3 ? strspn(argv[1], "0123456789") : 0;
  const long port = digits > 0 && digits < 6 && argv[1][digits] == '\0' ? atol(argv[1]) : 0;
  if (port < 1 || port > 65535) {
    fprintf(stderr, "usage: report-server PORT DIR\n");
    return 2;
  }
  if (chdir(argv[2]) == -1) {
    perror(argv[2]);
    return 1;
  }
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  if (bind(listener, (const struct sockaddr *)&address, sizeof address) == -1 ||
      listen(listener, 5) == -1) {
    perror("report-server");
    return 1;
  }
  for (;;) {
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    const int client = accept(listener, (struct sockaddr *)&from, &length);
    if (client == -1) continue;
    size_t size = 0;
    char *report = gather(client, &size);
    if (report == NULL) continue;

    char when[32];
    time_t now = time(NULL);
    strftime(when, sizeof when, "%Y%m%d-%H%M%S", gmtime(&now));
    char name[80];
    snprintf(name, sizeof name, "%s-%d-%s.log", inet_ntoa(from.sin_addr), ntohs(from.sin_port),
             when);
    FILE *file = fopen(name, "w");
    if (file == NULL || fwrite(report, 1, size, file) < size) perror(name);
    if (file != NULL) fclose(file);
    free(report);
  }
}
