// SPDX-License-Identifier: MIT
// Tries to reach pid 1 in every way and prints what it could do, one word a way, then "tried".
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <unistd.h>

static void try_open(const char* path, int flags) {
  const int fd = open(path, flags);
  char byte;
  if (fd < 0) return;
  if ((flags & O_DIRECTORY) != 0 || read(fd, &byte, 1) == 1) printf("opened %s\n", path);
  close(fd);
}

int main(void) {
  struct rlimit none = {0, 0};
  kill(1, SIGKILL);
  kill(1, SIGSTOP);
  kill(1, SIGTERM);
  if (ptrace(PTRACE_ATTACH, 1, 0, 0) == 0) puts("ptrace");
  if (prlimit(1, RLIMIT_NOFILE, &none, NULL) == 0) puts("prlimit");
  try_open("/proc/1/mem", O_RDWR);
  try_open("/proc/1/environ", O_RDONLY);
  try_open("/proc/1/maps", O_RDONLY);
  try_open("/proc/1/fd/3", O_RDONLY);
  try_open("/proc/1/root/", O_RDONLY | O_DIRECTORY);
  try_open("/proc/1/cwd/", O_RDONLY | O_DIRECTORY);
  puts("tried");
  return 0;
}
