// SPDX-License-Identifier: MIT
// A server on port 7 and its client. The client says "hi" and, as the argument wants, keeps the
// connection ("keep"), shuts down its half and waits for the end ("shutdown"), or resets it
// ("reset"). The server looks at it only after that, and prints what it finds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in address = {.sin_family = AF_INET};

static void be_client(const char* how, int done) {
  char byte;
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr*)&address, sizeof address) < 0) _exit(1);
  (void)!write(fd, "hi", 2);
  if (strcmp(how, "shutdown") == 0) shutdown(fd, SHUT_WR);
  if (strcmp(how, "reset") == 0) {
    const struct linger at_once = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd);
  }
  (void)!write(done, "x", 1);
  if (strcmp(how, "reset") != 0) (void)!read(fd, &byte, 1);
  _exit(0);
}

int main(int argc, char** argv) {
  const char* how = argc > 1 ? argv[1] : "keep";
  const int one = 1;
  int done[2];
  char text[8];
  address.sin_port = htons(7);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr*)&address, sizeof address) < 0) return 1;
  if (listen(listener, 5) < 0 || pipe(done) < 0) return 1;
  if (fork() == 0) {
    close(listener);
    be_client(how, done[1]);
  }
  const int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
  (void)!read(done[0], text, 1);
  if (strcmp(how, "keep") == 0) pause();
  const ssize_t first = read(connection, text, sizeof text);
  printf("%zd %s ", first, first < 0 ? strerrorname_np(errno) : "");
  printf("%zd\n", read(connection, text, sizeof text));
  return 0;
}
