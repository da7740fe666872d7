// SPDX-License-Identifier: MIT
// A child opens a FIFO for writing, its parent for reading; the child writes, the parent reads,
// both wait.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
  char text[8];
  if (mkfifo("fifo", 0600) < 0) return 1;
  if (fork() == 0) {
    const int writing = open("fifo", O_WRONLY);
    if (write(writing, "hello", 5) != 5) return 1;
    pause();
  }
  const int reading = open("fifo", O_RDONLY);
  while (read(reading, text, sizeof text) > 0) {
  }
  return 0;
}
