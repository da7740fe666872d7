// SPDX-License-Identifier: MIT
// Ignores SIGINT and waits for three seconds, in the call that its argument names, of those that no
// signal lets go on (signal(7)). Prints what that gave.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <time.h>

static int wait_in(const char *call) {
  const struct timespec three = {.tv_sec = 3};
  if (strcmp(call, "epoll_wait") == 0) {
    struct epoll_event event;
    return epoll_wait(epoll_create1(0), &event, 1, 3000);
  }
  if (strcmp(call, "semtimedop") == 0) {
    int semaphores = semget(IPC_PRIVATE, 1, 0600);
    struct sembuf down = {.sem_op = -1};
    int result = semtimedop(semaphores, &down, 1, &three);
    int error = errno;
    semctl(semaphores, 0, IPC_RMID);
    errno = error;
    return result;
  }
  sigset_t usr1;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  sigprocmask(SIG_BLOCK, &usr1, NULL);
  return sigtimedwait(&usr1, NULL, &three);
}

int main(int argc, char **argv) {
  signal(SIGINT, SIG_IGN);
  puts("begun");
  fflush(stdout);
  errno = 0;
  int result = wait_in(argc > 1 ? argv[1] : "");
  printf("%d %s\n", result, errno == 0 ? "none" : errno == EAGAIN ? "EAGAIN" : "another");
  return 0;
}
