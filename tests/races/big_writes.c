// SPDX-License-Identifier: MIT
// Two processes write more than a pipe holds, in one call each, and are read from a page at a time:
// beyond PIPE_BUF a write is not atomic. "whole" or "mixed".
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kBytes = 72 * 1024, kPage = 4096 };
static char bytes[kBytes];

int main(void) {
  int ends[2];
  (void)!pipe(ends);
  for (int child = 0; child < 2; ++child) {
    if (fork() != 0) continue;
    memset(bytes, 'a' + child, sizeof bytes);
    (void)!write(ends[1], bytes, sizeof bytes);
    _exit(0);
  }
  close(ends[1]);
  int changes = 0;
  char last = 0;
  for (ssize_t count; (count = read(ends[0], bytes, kPage)) > 0;) {
    for (ssize_t i = 0; i < count; ++i) {
      changes += last != 0 && bytes[i] != last;
      last = bytes[i];
    }
  }
  while (wait(0) > 0) {
  }
  (void)!write(1, changes == 1 ? "whole\n" : "mixed\n", 6);
  return 0;
}
