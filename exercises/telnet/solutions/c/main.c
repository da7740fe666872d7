// telnet HOST PORT: joins its input and output to a server, both ways at once.
//
// Two one-way streets that must not hold up each other. Each has a buffer and waits, in one poll() for both, for one
// thing at a time: for something to read while its buffer is empty, else for room to write.
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

struct street {
  int from;
  int to;
  char bytes[4096];  // POLLOUT promises that a pipe takes so many (PIPE_BUF) without blocking
  size_t begin;      // what is still to be written: bytes[begin] to bytes[end - 1]
  size_t end;
  int over;  // `from` has ended, and everything has been written
};

static void fail(const char *what) {
  fprintf(stderr, "telnet: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int is_port(const char *text) {
  char *end;
  errno = 0;
  const long number = strtol(text, &end, 10);
  return end != text && *end == '\0' && errno == 0 && number >= 1 && number <= 65535;
}

// A host can have several addresses: the first one that answers will do.
static int connect_to(const char *host, const char *port) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  struct addrinfo *addresses;
  const int error = getaddrinfo(host, port, &hints, &addresses);
  if (error != 0) {
    fprintf(stderr, "telnet: %s: %s\n", host, gai_strerror(error));
    exit(1);
  }
  int server = -1;
  for (struct addrinfo *a = addresses; a != NULL && server == -1; a = a->ai_next) {
    server = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
    if (server != -1 && connect(server, a->ai_addr, a->ai_addrlen) == -1) {
      const int reason = errno;
      close(server);
      server = -1;
      errno = reason;
    }
  }
  if (server == -1) fail(host);
  freeaddrinfo(addresses);
  return server;
}

static int is_empty(const struct street *street) { return street->begin == street->end; }

// What a street waits for. A descriptor of -1 is not looked at: one at end of file would be ready for ever.
static struct pollfd next_of(const struct street *street) {
  if (street->over) return (struct pollfd){.fd = -1};
  if (is_empty(street)) return (struct pollfd){.fd = street->from, .events = POLLIN};
  return (struct pollfd){.fd = street->to, .events = POLLOUT};
}

static void fill(struct street *street) {
  const ssize_t got = read(street->from, street->bytes, sizeof street->bytes);
  if (got == -1) fail("read");
  if (got == 0) street->over = 1;
  street->begin = 0;
  street->end = (size_t)got;
}

static void empty_to_server(struct street *street) {
  const ssize_t sent = send(street->to, street->bytes + street->begin, street->end - street->begin,
                            MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent == -1) {
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return;
    fail("send");
  }
  street->begin += (size_t)sent;
}

static void empty_to_output(struct street *street) {
  const ssize_t written = write(street->to, street->bytes + street->begin, street->end - street->begin);
  if (written == -1) fail("write");
  street->begin += (size_t)written;
}

int main(int argc, char *argv[]) {
  if (argc != 3 || !is_port(argv[2])) {
    fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
    return 2;
  }
  const int server = connect_to(argv[1], argv[2]);
  static struct street there, back;
  there.from = STDIN_FILENO;
  there.to = back.from = server;
  back.to = STDOUT_FILENO;
  while (!back.over) {  // the server has the last word
    struct pollfd waits[] = {next_of(&there), next_of(&back)};
    if (poll(waits, 2, -1) == -1) {
      if (errno == EINTR) continue;
      fail("poll");
    }
    if (waits[0].revents != 0) {
      if (!is_empty(&there)) {
        empty_to_server(&there);
      } else {
        fill(&there);
        if (there.over && shutdown(server, SHUT_WR) == -1) fail("shutdown");
      }
    }
    if (waits[1].revents != 0) {
      if (!is_empty(&back)) {
        empty_to_output(&back);
      } else {
        fill(&back);
      }
    }
  }
  close(server);
  return 0;
}
