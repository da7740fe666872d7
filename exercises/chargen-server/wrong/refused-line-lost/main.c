// chargen-server PORT: sends each client a rotating pattern of characters, without end (RFC 864).
//
// It sends line after line until there is no more room, and takes the one that was refused for sent: it is lost.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  kFirst = ' ',
  kCharacters = 95,  // from ' ' to '~'
  kWidth = 72,
  kLine = kWidth + 2,
  kRound = kCharacters * kLine,
  kMaxClients = 200,  // more of them wait in the queue of the listening socket
};

struct client {
  int socket;
  size_t at;  // the byte of the pattern that is next
};

static char pattern[kRound];
static struct client clients[kMaxClients];
static int client_count;

static void fail(const char *what) {
  fprintf(stderr, "chargen-server: %s: %s\n", what, strerror(errno));
  exit(1);
}

static long port_number(const char *text) {
  char *end;
  errno = 0;
  const long number = strtol(text, &end, 10);
  return end != text && *end == '\0' && errno == 0 && number >= 1 && number <= 65535 ? number : -1;
}

static void make_pattern(void) {
  char *next = pattern;
  for (int line = 0; line < kCharacters; line++) {
    for (int column = 0; column < kWidth; column++) *next++ = (char)(kFirst + (line + column) % kCharacters);
    *next++ = '\r';
    *next++ = '\n';
  }
}

static int listen_on(uint16_t port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (listener == -1) fail("socket");
  const int yes = 1;  // connections of an earlier server, in TIME_WAIT, shall not keep the port
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == -1) fail("setsockopt");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == -1) fail("bind");
  if (listen(listener, SOMAXCONN) == -1) fail("listen");
  return listener;
}

static void accept_client(int listener) {
  const int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (socket == -1) return;  // it left again before its turn came
  clients[client_count++] = (struct client){.socket = socket, .at = 0};
}

// Sends as much as the client takes; what it says is thrown away. Returns 0 when it has left, in whatever way.
static int serve(struct client *client) {
  char ignored[4096];
  while (recv(client->socket, ignored, sizeof ignored, 0) > 0) {
  }
  for (;;) {
    const char *line = pattern + client->at;
    client->at = (client->at + kLine) % kRound;
    if (send(client->socket, line, kLine, MSG_NOSIGNAL) == -1) return errno == EAGAIN || errno == EWOULDBLOCK;
  }
}

static void remove_client(int i) {
  close(clients[i].socket);
  clients[i] = clients[--client_count];
}

int main(int argc, char *argv[]) {
  const long port = argc == 2 ? port_number(argv[1]) : -1;
  if (port == -1) {
    fprintf(stderr, "usage: %s PORT\n", argv[0]);
    return 2;
  }
  make_pattern();
  const int listener = listen_on((uint16_t)port);
  struct pollfd waits[kMaxClients + 1];
  for (;;) {
    for (int i = 0; i < client_count; i++) waits[i] = (struct pollfd){.fd = clients[i].socket, .events = POLLOUT};
    const int known = client_count;
    waits[known] = (struct pollfd){.fd = known < kMaxClients ? listener : -1, .events = POLLIN};
    if (poll(waits, (nfds_t)known + 1, -1) == -1) {
      if (errno == EINTR) continue;
      fail("poll");
    }
    for (int i = known - 1; i >= 0; i--) {  // backwards: a removed client is replaced by one already served
      if (waits[i].revents != 0 && !serve(&clients[i])) remove_client(i);
    }
    if (waits[known].revents != 0) accept_client(listener);
  }
}
