// SPDX-License-Identifier: MIT
// Kills, again and again, groups of processes in the middle of making others. ROUNDS as argument.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void breed(int out) {
  (void)!write(out, "x", 1);
  while (1) {
    if (fork() == 0) _exit(0);
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
  }
}

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? atoi(argv[1]) : 1;
  int ends[2];
  char byte;
  if (pipe(ends) < 0) return 1;
  for (int i = 0; i < rounds; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      setpgid(0, 0);
      breed(ends[1]);
    }
    if (read(ends[0], &byte, 1) != 1) return 1;
    kill(-child, SIGKILL);
    waitpid(child, NULL, 0);
  }
  puts("done");
  return 0;
}
