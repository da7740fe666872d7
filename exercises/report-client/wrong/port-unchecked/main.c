// What the port is, is left to getaddrinfo().
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int connect_to(const char *host, const char *port) {
  struct addrinfo wanted = {0};
  wanted.ai_socktype = SOCK_STREAM;
  struct addrinfo *found;
  const int problem = getaddrinfo(host, port, &wanted, &found);
  if (problem != 0) {
    fprintf(stderr, "report-client: %s: %s\n", host, gai_strerror(problem));
    exit(1);
  }
  int server = -1;
  for (const struct addrinfo *one = found; one != NULL; one = one->ai_next) {
    server = socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
    if (server != -1 && connect(server, one->ai_addr, one->ai_addrlen) == 0) break;
    if (server != -1) close(server);
    server = -1;
  }
  if (server == -1) fail("report-client: cannot connect");
  freeaddrinfo(found);
  return server;
}

static pid_t start_ps(int *output) {
  int ends[2];
  if (pipe(ends) == -1) fail("report-client: pipe");
  const pid_t child = fork();
  if (child == -1) fail("report-client: fork");
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execlp("ps", "ps", "ax", (char *)NULL);
    perror("report-client: ps");
    _exit(127);
  }
  close(ends[1]);  // or the end of the output would never be seen
  *output = ends[0];
  return child;
}

static void send_all(int server, const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t sent = send(server, bytes, count, MSG_NOSIGNAL);
    if (sent == -1) fail("report-client: send");
    bytes += sent;
    count -= (size_t)sent;
  }
}

static void pass_on(int output, int server) {
  char piece[65536];
  ssize_t count;
  while ((count = read(output, piece, sizeof piece)) > 0) send_all(server, piece, (size_t)count);
  if (count == -1) fail("report-client: read");
}

int main(int argc, char *argv[]) {
  if (argc != 3) {
    fprintf(stderr, "usage: report-client HOST PORT\n");
    return 2;
  }
  const int server = connect_to(argv[1], argv[2]);
  int output;
  const pid_t child = start_ps(&output);
  pass_on(output, server);
  close(server);
  int status;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}
