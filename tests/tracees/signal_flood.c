// SPDX-License-Identifier: MIT
// One process sends itself signals without end; the other does some calls and ends it then.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void ignore(int signal) { (void)signal; }

int main(void) {
  int status = 0;
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGUSR1, ignore);
    while (1) kill(getpid(), SIGUSR1);
  }
  for (int i = 0; i < 100; ++i) {
    int ends[2];
    if (pipe(ends) < 0) return 1;
    close(ends[0]);
    close(ends[1]);
  }
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  printf("%d\n", WTERMSIG(status));
  return 0;
}
