// SPDX-License-Identifier: MIT
// Two processes add one to a number in a file, without a lock: "1" or "2".
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  const int file = open("counter", O_RDWR | O_CREAT, 0600);
  int number = 0;
  (void)!pwrite(file, &number, sizeof number, 0);
  for (int child = 0; child < 2; ++child) {
    if (fork() != 0) continue;
    (void)!pread(file, &number, sizeof number, 0);
    ++number;
    (void)!pwrite(file, &number, sizeof number, 0);
    _exit(0);
  }
  while (wait(0) > 0) {
  }
  (void)!pread(file, &number, sizeof number, 0);
  char text[16];
  (void)!write(1, text, (size_t)snprintf(text, sizeof text, "%d\n", number));
  return 0;
}
