// echo-server PORT: sends back to every client what it sends.
//
// One process serves all clients with poll(). For each client it waits for one thing at a time: for bytes
// to read or, while some are still to be sent back, for room to send them. So a client that does not read
// is not read from either, and costs one small buffer.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
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

// The kernel closes all that the process has open; _exit() may be called in a handler, exit() may not.
static void on_term(int signal_number) {
  (void)signal_number;
  _exit(0);
}

static void fail(const char *what) {
  fprintf(stderr, "echo-server: %s: %s\n", what, strerror(errno));
  exit(1);
}

static long port_number(const char *text) {
  char *end;
  errno = 0;
  const long number = strtol(text, &end, 10);
  return end != text && *end == '\0' && errno == 0 && number >= 1 && number <= 65535 ? number : -1;
}

static int listen_on(uint16_t port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (listener == -1) fail("socket");
  const int yes = 1;  // connections of an earlier server, in TIME_WAIT, shall not keep the port
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == -1) fail("setsockopt");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == -1) fail("bind");
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
  const long port = argc == 2 ? port_number(argv[1]) : -1;
  if (port == -1) {
    fprintf(stderr, "usage: %s PORT\n", argv[0]);
    return 2;
  }
  struct sigaction action = {.sa_handler = on_term};
  if (sigaction(SIGTERM, &action, NULL) == -1) fail("sigaction");

  const int listener = listen_on((uint16_t)port);
  printf("listening %ld\n", port);
  if (fflush(stdout) == EOF) fail("stdout");
  serve_all(listener);
}
