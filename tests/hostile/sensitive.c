// SPDX-License-Identifier: MIT
// Sees whether another run of its account takes from it what the kernel counts for an account: a pipe's usual size, an
// inotify instance, a queue, locked memory, processes, signals.
#include "attack.h"

#include <mqueue.h>
#include <sys/inotify.h>

static void attack(void) {
  int ends[2];
  char byte = 'x';
  long held = 0;
  if (pipe2(ends, O_NONBLOCK) < 0) exit(1);
  while (write(ends[1], &byte, 1) == 1) ++held;
  if (held != 65536) exit(2);
  if (inotify_init1(0) < 0) exit(3);
  struct mq_attr small = {.mq_maxmsg = 1, .mq_msgsize = 16};
  if (mq_open("/queue", O_RDWR | O_CREAT, 0600, &small) == (mqd_t)-1) exit(4);
  mq_unlink("/queue");
  if (mlock(&byte, 1) < 0) exit(5);
  // All there at once.
  int wait_here[2];
  if (pipe(wait_here) < 0) exit(1);
  for (int i = 0; i < 12; ++i) {
    const pid_t child = fork();
    if (child < 0) exit(6);
    if (child > 0) continue;
    close(wait_here[1]);
    _exit(read(wait_here[0], &byte, 1) == 0 ? 0 : 1);
  }
  close(wait_here[1]);
  for (int i = 0; i < 12; ++i) wait(NULL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, SIGRTMIN);
  sigprocmask(SIG_BLOCK, &one, NULL);
  for (int i = 0; i < 100; ++i) {
    if (sigqueue(getpid(), SIGRTMIN, (union sigval){0}) < 0) exit(7);
  }
  if (write(open("answer", O_WRONLY | O_CREAT, 0644), "42\n", 3) != 3) exit(8);
}
