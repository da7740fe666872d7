// SPDX-License-Identifier: MIT
// Moves bytes by every call that does: each line of main() says how many, and through what.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static char buffer[64];

static void check(ssize_t moved, ssize_t expected) {
  if (moved != expected) {
    fprintf(stderr, "%zd, not %zd\n", moved, expected);
    _exit(1);
  }
}

static void move_by_pieces(int reading, int writing) {
  struct iovec two[] = {{"de", 2}, {"fgh", 3}};
  check(write(writing, "abc", 3), 3);
  check(read(reading, buffer, 0), 0);
  check(read(reading, buffer, sizeof buffer), 3);
  check(writev(writing, two, 2), 5);
  struct iovec into[] = {{buffer, 1}, {buffer + 8, 32}};
  check(readv(reading, into, 2), 5);
}

static void move_in_the_kernel(int reading, int writing) {
  int second[2];
  int third[2];
  const int file = open("file", O_CREAT | O_RDWR, 0600);
  check(pipe(second) + pipe(third), 0);
  check(pwrite(file, "0123456789", 10, 0), 10);
  check(pread(file, buffer, 4, 6), 4);
  check(sendfile(writing, file, NULL, 10), 10);
  check(splice(reading, NULL, second[1], NULL, 10, 0), 10);
  check(tee(second[0], third[1], 10, 0), 10);
  check(read(third[0], buffer, sizeof buffer), 10);
}

static void move_in_messages(void) {
  int sockets[2];
  check(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets), 0);
  struct iovec piece = {"xyz", 3};
  struct iovec into = {buffer, sizeof buffer};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
  check(sendmsg(sockets[0], &message, 0), 3);
  check(recv(sockets[1], buffer, sizeof buffer, MSG_PEEK), 3);
  message.msg_iov = &into;
  check(recvmsg(sockets[1], &message, 0), 3);
  struct mmsghdr messages[2] = {{.msg_hdr = {.msg_iov = &piece, .msg_iovlen = 1}},
                                {.msg_hdr = {.msg_iov = &piece, .msg_iovlen = 1}}};
  check(sendmmsg(sockets[0], messages, 2, 0), 2);
  messages[0].msg_hdr.msg_iov = messages[1].msg_hdr.msg_iov = &into;
  check(recvmmsg(sockets[1], messages, 2, 0, NULL), 2);
  check(send(sockets[0], "s", 1, 0), 1);
  check(recv(sockets[1], buffer, sizeof buffer, 0), 1);
}

int main(void) {
  int ends[2];
  check(pipe(ends), 0);
  move_by_pieces(ends[0], ends[1]);
  move_in_the_kernel(ends[0], ends[1]);
  move_in_messages();
  close(ends[1]);
  check(read(ends[0], buffer, sizeof buffer), 0);
  return 0;
}
