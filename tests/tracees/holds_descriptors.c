// SPDX-License-Identifier: MIT
// Opens one descriptor of each kind, in known places, and waits.
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  int ends[2];
  int sockets[2];
  if (pipe(ends) < 0) return 1;                                                    // 3, 4
  if (dup2(ends[1], 10) != 10) return 1;                                           // 10
  if (fcntl(ends[0], F_DUPFD_CLOEXEC, 20) != 20) return 1;                         // 20
  const int file = open("file", O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);  // 5
  if (write(file, "abc", 3) != 3) return 1;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sockets) < 0) return 1;  // 6, 7
  if (eventfd(0, 0) != 8 || eventfd(0, 0) != 9) return 1;                          // 8, 9
  if (epoll_create1(EPOLL_CLOEXEC) != 11) return 1;                                // 11
  if (open(".", O_DIRECTORY | O_RDONLY) != 12) return 1;                           // 12
  if (open("/dev/null", O_RDWR) != 13) return 1;                                   // 13
  if (open("file", O_PATH) != 14) return 1;                                        // 14
  if (unlink("file") < 0) return 1;
  if (fork() == 0) {
    close_range(10, 14, 0);
    close_range(3, 3, CLOSE_RANGE_CLOEXEC);
    close(4);
  }
  pause();
  return 0;
}
