// SPDX-License-Identifier: MIT
// Passes the writing end of a pipe to its child in a message (unix(7), SCM_RIGHTS), which writes
// into it; both wait then.
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union control {
  char bytes[CMSG_SPACE(sizeof(int))];
  struct cmsghdr align;
};

static void prepare(struct msghdr* message, struct iovec* piece, char* byte,
                    union control* control) {
  *piece = (struct iovec){byte, 1};
  *message = (struct msghdr){.msg_iov = piece,
                             .msg_iovlen = 1,
                             .msg_control = control->bytes,
                             .msg_controllen = sizeof control->bytes};
}

static void send_descriptor(int socket, int fd) {
  struct msghdr message;
  struct iovec piece;
  union control control;
  char byte = 'd';
  prepare(&message, &piece, &byte, &control);
  struct cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  (void)!sendmsg(socket, &message, 0);
}

static int receive_descriptor(int socket) {
  struct msghdr message;
  struct iovec piece;
  union control control;
  char byte;
  int fd = -1;
  prepare(&message, &piece, &byte, &control);
  if (recvmsg(socket, &message, 0) != 1) return -1;
  memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
  return fd;
}

int main(void) {
  int sockets[2];
  int ends[2];
  char byte;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) < 0) return 1;
  if (fork() == 0) {
    const int fd = receive_descriptor(sockets[1]);
    if (write(fd, "x", 1) != 1) return 1;
    pause();
  }
  if (pipe(ends) < 0) return 1;
  send_descriptor(sockets[0], ends[1]);
  if (read(ends[0], &byte, 1) != 1) return 1;
  pause();
  return 0;
}
