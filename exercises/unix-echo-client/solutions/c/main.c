// unix-echo-client PATH: sends each line of its input to the echo server of a UNIX socket and prints what comes back.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "unix-echo-client: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int connect_to(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) {  // cut, it would be the path of somebody else
    fprintf(stderr, "unix-echo-client: %s: the path is too long for a socket\n", path);
    exit(1);
  }
  strcpy(address.sun_path, path);
  const int server = socket(AF_UNIX, SOCK_STREAM, 0);
  if (server == -1) fail("socket");
  if (connect(server, (struct sockaddr *)&address, sizeof address) == -1) fail(path);
  return server;
}

// send() may take less than it is given: the rest goes in the next turn.
static void send_all(int server, const char *bytes, size_t length) {
  while (length > 0) {
    const ssize_t sent = send(server, bytes, length, 0);
    if (sent == -1) fail("send");
    bytes += sent;
    length -= (size_t)sent;
  }
}

// The echo is as long as what was sent, in however many pieces it comes.
static void read_echo(int server, char *bytes, size_t length) {
  while (length > 0) {
    const ssize_t got = recv(server, bytes, length, 0);
    if (got == -1) fail("recv");
    if (got == 0) {
      fprintf(stderr, "unix-echo-client: the server closed before the echo was whole\n");
      exit(1);
    }
    bytes += got;
    length -= (size_t)got;
  }
}

static void read_to_end(int server) {
  char rest[4096];
  ssize_t got;
  while ((got = recv(server, rest, sizeof rest, 0)) > 0) {
  }
  if (got == -1) fail("recv");
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s PATH\n", argv[0]);
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);  // a lost connection shall be an error of send(), with a message
  const int server = connect_to(argv[1]);

  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  while ((length = getline(&line, &room, stdin)) != -1) {
    send_all(server, line, (size_t)length);
    read_echo(server, line, (size_t)length);
    if (fwrite(line, 1, (size_t)length, stdout) != (size_t)length || fflush(stdout) == EOF) fail("stdout");
  }
  if (ferror(stdin)) fail("stdin");
  free(line);

  if (shutdown(server, SHUT_WR) == -1) fail("shutdown");
  read_to_end(server);
  close(server);
  return 0;
}
