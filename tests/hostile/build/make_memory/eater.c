// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

int main(void) {
  for (int i = 0; i < 1400; ++i) {
    const int id = shmget(IPC_PRIVATE, 1 << 20, IPC_CREAT | 0600);
    char* const part = id < 0 ? (char*)-1 : shmat(id, NULL, 0);
    if (part == (char*)-1) break;
    memset(part, 1, 1 << 20);
    shmdt(part);
  }
  puts("got all");
}
