// Stores the reports that clients send, each in a file of its own.
//
// A report is written under another name, always the same, and gets its own when it is whole:
// rename() is done or not done, and nobody ever sees half of it. What is left of one that broke is
// overwritten by the next.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static uint16_t port_from(const char *text) {
  char *end;
  errno = 0;
  const long port = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "report-server: '%s' is not a port from 1 to 65535\n", text);
    exit(2);
  }
  return (uint16_t)port;
}

static int listen_on(uint16_t port) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  if (listener == -1 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == -1 ||
      bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
      listen(listener, SOMAXCONN) == -1) {
    fail("report-server: cannot listen");
  }
  return listener;
}

static int write_all(int file, const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t written = write(file, bytes, count);
    if (written == -1) return -1;
    bytes += written;
    count -= (size_t)written;
  }
  return 0;
}

// -1: the connection, or the disk, has failed on the way.
static int copy(int client, int file) {
  char piece[65536];
  ssize_t count;
  while ((count = recv(client, piece, sizeof piece, 0)) > 0) {
    if (write_all(file, piece, (size_t)count) == -1) return -1;
  }
  return (int)count;
}

static void store(int client, const struct sockaddr_in *from, const char *directory) {
  char when[32];
  const time_t now = time(NULL);
  strftime(when, sizeof when, "%Y%m%d-%H%M%S", gmtime(&now));
  char name[PATH_MAX];
  char unfinished[PATH_MAX + 8];
  snprintf(name, sizeof name, "%s/%s-%u-%s.log", directory, inet_ntoa(from->sin_addr),
           (unsigned)ntohs(from->sin_port), when);
  snprintf(unfinished, sizeof unfinished, "%s/unfinished", directory);

  const int file = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file == -1) {
    perror(unfinished);
    return;
  }
  const int copied = copy(client, file);
  close(file);
  if (copied == -1 || rename(unfinished, name) == -1) perror("report-server: a report is lost");
}

int main(int argc, char *argv[]) {
  if (argc != 3) {
    fprintf(stderr, "usage: report-server PORT DIR\n");
    return 2;
  }
  const int listener = listen_on(port_from(argv[1]));
  for (;;) {
    struct sockaddr_in from;
    socklen_t size = sizeof from;
    const int client = accept(listener, (struct sockaddr *)&from, &size);
    if (client == -1) continue;
    store(client, &from, argv[2]);
    close(client);
  }
}
