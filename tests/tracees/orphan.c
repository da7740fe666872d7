// SPDX-License-Identifier: MIT
// A child that outlives its parent: it waits for the parent's end, then prints who its parent is
// now. With the argument "keep" the grandparent wants orphans (PR_SET_CHILD_SUBREAPER) and waits
// for them.
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  (void)argv;
  int ready[2];
  char byte = 0;
  int signal = 0;
  sigset_t set;
  const pid_t first = getpid();
  if (pipe(ready) < 0) return 1;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  if (argc > 1) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (fork() > 0) {
      while (wait(NULL) > 0) {
      }
      return 0;
    }
  }
  if (fork() > 0) return read(ready[0], &byte, 1) != 1;
  // Sent when the new parent is known.
  prctl(PR_SET_PDEATHSIG, SIGUSR1);
  (void)!write(ready[1], &byte, 1);
  sigwait(&set, &signal);
  printf("%s\n", getppid() == 1 ? "init" : getppid() == first ? "first" : "other");
  return 0;
}
