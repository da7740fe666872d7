// SPDX-License-Identifier: MIT
// One thread closes a descriptor and opens a file, which gets its number, while another is about to
// write to it: "pipe", "nowhere" or "file".
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

static int ends[2];

static void* write_to_it(void* unused) {
  (void)!write(ends[1], "x", 1);
  return unused;
}

int main(void) {
  (void)!pipe2(ends, O_NONBLOCK);
  pthread_t other;
  pthread_create(&other, 0, write_to_it, 0);
  close(ends[1]);
  const int file = open("file", O_WRONLY | O_CREAT, 0600);
  pthread_join(other, 0);
  struct stat status;
  fstat(file, &status);
  char byte;
  if (status.st_size == 1)
    (void)!write(1, "file\n", 5);
  else if (read(ends[0], &byte, 1) == 1)
    (void)!write(1, "pipe\n", 5);
  else
    (void)!write(1, "nowhere\n", 8);
  return 0;
}
