// Ends as soon as the server has closed, and leaves unread what it said last.
#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_to(const char *host, const char *port) {
  struct addrinfo hints, *result;
  memset(&hints, 0, sizeof hints);
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  int error = getaddrinfo(host, port, &hints, &result);
  if (error != 0) {
    fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
    exit(1);
  }
  int fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  if (fd == -1 || connect(fd, result->ai_addr, result->ai_addrlen) == -1) {
    perror("connect");
    exit(1);
  }
  freeaddrinfo(result);
  return fd;
}

static void check_usage(int argc, char *argv[]) {
  char *end = NULL;
  long port = argc == 3 ? strtol(argv[2], &end, 10) : 0;
  if (argc != 3 || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: telnet HOST PORT\n");
    exit(2);
  }
}

static void write_all(int fd, const char *bytes, ssize_t size) {
  while (size > 0) {
    ssize_t n = write(fd, bytes, size);
    if (n == -1) {
      perror("write");
      exit(1);
    }
    bytes += n;
    size -= n;
  }
}

int main(int argc, char *argv[]) {
  check_usage(argc, argv);
  int server = connect_to(argv[1], argv[2]);
  struct pollfd fds[2] = {{0, POLLIN, 0}, {server, POLLIN, 0}};
  char typed[4096], said[4096];
  ssize_t begin = 0, end = 0;
  int ended = 0;
  while (1) {
    fds[0].fd = ended || begin < end ? -1 : 0;
    fds[1].events = POLLIN | POLLRDHUP | (begin < end ? POLLOUT : 0);
    if (poll(fds, 2, -1) == -1) continue;
    if (!ended && (fds[1].revents & POLLRDHUP)) break;
    if (fds[0].fd == 0 && fds[0].revents != 0) {
      begin = 0;
      end = read(0, typed, sizeof typed);
      if (end <= 0) {
        end = 0;
        ended = 1;
        shutdown(server, SHUT_WR);
      }
    }
    if (fds[1].revents & POLLOUT) {
      ssize_t n = send(server, typed + begin, end - begin, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (n > 0) begin += n;
    }
    if (fds[1].revents & ~POLLOUT) {
      ssize_t n = read(server, said, sizeof said);
      if (n <= 0) break;
      write_all(1, said, n);
    }
  }
  close(server);
  return 0;
}
