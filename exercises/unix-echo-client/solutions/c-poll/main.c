// One loop with poll(): the input is looked at only while no echo is due.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { kRoom = 65536 + 1 };

static char line[kRoom];    // input up to a newline, perhaps with the begin of the next one
static size_t filled;       // bytes in `line`
static size_t length;       // of the line that is being sent; 0: none
static size_t sent, echoed; // of these, how many
static bool input_over;

static void die(const char *why) {
  dprintf(STDERR_FILENO, "unix-echo-client: %s\n", why);
  exit(1);
}

// Starts the next line, if there is a whole one (or the rest at the end of the input).
static void choose_line(void) {
  const char *newline = memchr(line, '\n', filled);
  if (newline != NULL) {
    length = (size_t)(newline - line) + 1;
  } else if (input_over || filled == kRoom) {
    length = filled;
  }
  sent = echoed = 0;
}

static void read_input(void) {
  const ssize_t got = read(STDIN_FILENO, line + filled, kRoom - filled);
  if (got == -1) die(strerror(errno));
  if (got == 0) input_over = true;
  filled += (size_t)got;
}

static void send_piece(int server) {
  const ssize_t n = send(server, line + sent, length - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n > 0) sent += (size_t)n;
  if (n == -1 && errno != EAGAIN) die(strerror(errno));
}

static void read_echo(int server) {
  char piece[4096];
  const size_t due = sent - echoed;
  const ssize_t n = recv(server, piece, due < sizeof piece ? due : sizeof piece, 0);
  if (n == -1) die(strerror(errno));
  if (n == 0) die("connection lost");
  if (write(STDOUT_FILENO, piece, (size_t)n) != n) die("cannot write");
  echoed += (size_t)n;
  if (echoed < length) return;
  filled -= length;
  memmove(line, line + length, filled);
  length = 0;
}

int main(int argc, char **argv) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (argc != 2) {
    dprintf(STDERR_FILENO, "usage: unix-echo-client PATH\n");
    return 2;
  }
  const size_t size = strlen(argv[1]);
  if (size >= sizeof address.sun_path) die(strerror(ENAMETOOLONG));
  memcpy(address.sun_path, argv[1], size);
  const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // The address may end where the path does (unix(7)).
  const socklen_t length_used = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size);
  if (connect(server, (struct sockaddr *)&address, length_used) == -1) die(strerror(errno));

  for (;;) {
    if (length == 0) choose_line();
    if (length == 0 && input_over) break;
    struct pollfd ready[2] = {{.fd = length == 0 ? STDIN_FILENO : -1, .events = POLLIN}, {.fd = length == 0 ? -1 : server}};
    if (sent < length) ready[1].events |= POLLOUT;
    if (echoed < sent) ready[1].events |= POLLIN;
    if (poll(ready, 2, -1) == -1 && errno != EINTR) die(strerror(errno));
    if (ready[0].revents != 0) read_input();
    if (ready[1].revents & POLLOUT) {
      send_piece(server);
    } else if (ready[1].revents != 0) {
      if (echoed < sent) read_echo(server);
      else send_piece(server);  // tells what is wrong
    }
  }
  shutdown(server, SHUT_WR);
  ssize_t n;
  while ((n = read(server, line, sizeof line)) > 0) continue;
  return n == 0 ? 0 : 1;
}
