// SPDX-License-Identifier: MIT
// Functions that leave by a call: nothing of them is on the stack when the kernel is asked. Says
// first which line it is that can be known: "dup 31".
#include <stdio.h>
#include <unistd.h>

#define APART __attribute__((noinline, noipa))
#define SAY(call, line) dprintf(1, call " %d\n", line)

enum { kDup = __LINE__ + 1 };
APART static int leaves(int fd) { return dup(fd); }
enum { kPipe = __LINE__ + 1 };
APART static int last_of_chain(int* ends) { return pipe(ends); }
APART static int chain(int* ends) { return last_of_chain(ends + 0); }
// It may have left by either: only the line that called it is certain.
APART static int one_of_two(int fd) { return fd > 100 ? dup2(fd, 200) : close(fd); }
APART static int unknown(int (*what)(int), int fd) { return what(fd); }

int main(void) {
  int ends[2];
  SAY("write", __LINE__);
  SAY("dup", kDup), leaves(0);
  SAY("pipe2", kPipe), chain(ends);
  SAY("close", __LINE__), one_of_two(ends[0]);
  // Of what is called by its address the site is certain, whatever it calls.
  SAY("close", __LINE__ - 9), unknown(close, ends[1]);
  char byte;
  int wait[2];
  SAY("pipe2", __LINE__), pipe(wait);
  SAY("read", __LINE__), read(wait[0], &byte, 1);
  return 0;
}
