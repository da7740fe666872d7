// SPDX-License-Identifier: MIT
// A child that shares its parent's descriptors (CLONE_FILES) makes a pipe, closes it and makes a
// socket pair; the parent writes into that.
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int ends[2];
  if (pipe(ends) < 0) return 1;
  (void)!write(ends[1], "a", 1);
  const long child = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) {
    close(ends[0]);
    close(ends[1]);
    _exit(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0);
  }
  waitpid((pid_t)child, NULL, 0);
  return write(ends[1], "bc", 2) != 2;
}
