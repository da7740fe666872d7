// Runs each line that a client sends, and sends back what the command prints, ended by a byte 4.
//
// A process for each client, and the socket itself is what a command writes to: nothing has to be
// carried, so no pipe can be full, and a client that is slow or gone is met by its own process
// alone.
#define _GNU_SOURCE  // accept4
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
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
    fprintf(stderr, "server: '%s' is not a port from 1 to 65535\n", text);
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
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (listener == -1 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == -1 ||
      bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
      listen(listener, SOMAXCONN) == -1) {
    fail("server: cannot listen");
  }
  return listener;
}

static void run(char *command, int client) {
  const pid_t child = fork();
  if (child == -1) fail("server: fork");
  if (child == 0) {
    dup2(client, STDOUT_FILENO);
    dup2(client, STDERR_FILENO);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
  }
  waitpid(child, NULL, 0);
}

// In a process of its own, which SIGPIPE ends when the client has left.
static void serve(int client) {
  FILE *lines = fdopen(fcntl(client, F_DUPFD_CLOEXEC, 0), "r");
  if (lines == NULL) fail("server: fdopen");
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  while ((length = getline(&line, &size, lines)) > 0) {
    if (line[length - 1] == '\n') line[length - 1] = '\0';
    run(line, client);
    const char mark = 4;
    if (send(client, &mark, 1, 0) == -1) break;
  }
  exit(0);  // the end of the lines, or of the client
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: server PORT\n");
    return 2;
  }
  const int listener = listen_on(port_from(argv[1]));
  for (;;) {
    const int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;  // those that have ended since
    if (client == -1) continue;
    const pid_t child = fork();
    if (child == 0) {
      close(listener);
      serve(client);
    }
    if (child == -1) perror("server: fork");
    close(client);
  }
}
