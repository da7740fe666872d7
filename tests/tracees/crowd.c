// SPDX-License-Identifier: MIT
// Four clients, of which the queue of a server that listens with a backlog of 0 takes one; the
// server accepts none before SIGUSR1, and then all. The kernel tries again for the others after a
// second. plumbline: subject is time
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kClients = 4 };

int main(void) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  socklen_t size = sizeof address;
  char byte;
  int got = 0;
  int signal;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr*)&address, size) < 0 || listen(listener, 0) < 0) return 1;
  getsockname(listener, (struct sockaddr*)&address, &size);
  for (int i = 0; i < kClients; ++i) {
    if (fork() == 0) {
      const int fd = socket(AF_INET, SOCK_STREAM, 0);
      if (connect(fd, (struct sockaddr*)&address, size) < 0) return 1;
      return write(fd, "x", 1) != 1 || read(fd, &byte, 1) != 0;
    }
  }
  sigwait(&set, &signal);
  for (int i = 0; i < kClients; ++i) {
    const int connection = accept(listener, NULL, NULL);
    got += (int)read(connection, &byte, 1);
    close(connection);
  }
  while (wait(NULL) > 0) {
  }
  printf("%d\n", got);
  return 0;
}
