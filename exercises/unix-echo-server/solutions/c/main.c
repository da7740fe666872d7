// unix-echo-server PATH: sends back to every client what it sends, over a UNIX socket.
//
// One process serves all clients with poll(). For each client it waits for one thing at a time: for bytes
// to read or, while some are still to be sent back, for room to send them. So a client that does not read
// is not read from either, and costs one small buffer.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { kMaxClients = 200 };  // more of them wait in the queue of the listening socket

struct client {
  int socket;
  char bytes[4096];
  size_t begin;  // what is still to be sent back: bytes[begin] to bytes[end - 1]
  size_t end;
};

static struct client clients[kMaxClients];
static int client_count;
static const char *socket_path;

// The kernel closes all that the process has open, but keeps the socket's file. unlink() and _exit() may be called
// in a handler, exit() may not.
static void on_term(int signal_number) {
  (void)signal_number;
  unlink(socket_path);
  _exit(0);
}

static void fail(const char *what) {
  fprintf(stderr, "unix-echo-server: %s: %s\n", what, strerror(errno));
  exit(1);
}

// A server that was killed leaves its socket's file behind, and bind() does not replace a file. Only a socket is
// removed: anything else at that path is somebody's, and bind() will fail.
static void remove_socket(const char *path) {
  struct stat info;
  if (lstat(path, &info) == 0 && S_ISSOCK(info.st_mode)) unlink(path);
}

static int listen_at(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) {
    fprintf(stderr, "unix-echo-server: %s: the path is too long for a socket\n", path);
    exit(1);
  }
  strcpy(address.sun_path, path);
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (listener == -1) fail("socket");
  remove_socket(path);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == -1) fail(path);
  if (listen(listener, SOMAXCONN) == -1) fail("listen");
  return listener;
}

static void accept_client(int listener) {
  const int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (socket == -1) return;  // it left again before its turn came
  struct client *client = &clients[client_count++];
  client->socket = socket;
  client->begin = client->end = 0;
}

static int is_temporary(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

// Returns 0 when the client has left, in whatever way.
static int serve(struct client *client) {
  if (client->begin == client->end) {
    const ssize_t got = recv(client->socket, client->bytes, sizeof client->bytes, 0);
    if (got == -1) return is_temporary(errno);
    if (got == 0) return 0;
    client->begin = 0;
    client->end = (size_t)got;
  }
  const ssize_t sent =
      send(client->socket, client->bytes + client->begin, client->end - client->begin, MSG_NOSIGNAL);
  if (sent == -1) return is_temporary(errno);
  client->begin += (size_t)sent;
  return 1;
}

static void remove_client(int i) {
  close(clients[i].socket);
  clients[i] = clients[--client_count];
}

_Noreturn static void serve_all(int listener) {
  struct pollfd waits[kMaxClients + 1];
  for (;;) {
    for (int i = 0; i < client_count; i++) {
      waits[i].fd = clients[i].socket;
      waits[i].events = clients[i].begin < clients[i].end ? POLLOUT : POLLIN;
    }
    const int known = client_count;
    waits[known].fd = known < kMaxClients ? listener : -1;
    waits[known].events = POLLIN;
    waits[known].revents = 0;
    if (poll(waits, (nfds_t)known + 1, -1) == -1) fail("poll");
    for (int i = known - 1; i >= 0; i--) {  // backwards: a removed client is replaced by one already served
      if (waits[i].revents != 0 && !serve(&clients[i])) remove_client(i);
    }
    if (waits[known].revents != 0) accept_client(listener);
  }
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s PATH\n", argv[0]);
    return 2;
  }
  const int listener = listen_at(argv[1]);
  socket_path = argv[1];
  struct sigaction action = {.sa_handler = on_term};
  if (sigaction(SIGTERM, &action, NULL) == -1) fail("sigaction");
  printf("listening %s\n", argv[1]);
  if (fflush(stdout) == EOF) fail("stdout");
  serve_all(listener);
}
