// SPDX-License-Identifier: MIT
// Shares memory with its child in every way, and maps a file for itself alone. On SIGUSR1 it
// changes a byte of the anonymous one.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

static volatile char* anonymous;

static void change(int signal) {
  (void)signal;
  ++*anonymous;
}

static void* map(int flags, int fd, int protection) {
  return mmap(NULL, 4096, protection, flags, fd, 0);
}

int main(void) {
  const int both = PROT_READ | PROT_WRITE;
  const int named = shm_open("/named", O_CREAT | O_RDWR, 0600);
  const int nameless = memfd_create("nameless", 0);
  const int file = open("file", O_CREAT | O_RDWR, 0600);
  if (ftruncate(named, 4096) < 0 || ftruncate(nameless, 8192) < 0 || ftruncate(file, 4096) < 0)
    return 1;
  anonymous = map(MAP_SHARED | MAP_ANONYMOUS, -1, both);
  map(MAP_SHARED, named, both);
  map(MAP_SHARED, nameless, PROT_READ);
  map(MAP_SHARED, file, both);
  map(MAP_PRIVATE, file, both);
  shmat(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600), NULL, 0);
  signal(SIGUSR1, change);
  fork();
  while (1) pause();
}
