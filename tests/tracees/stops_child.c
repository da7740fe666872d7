// SPDX-License-Identifier: MIT
// A child stops itself; the parent sees that, continues it, sees that, ends it, sees that.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int status = 0;
  int goes_on[2];
  char byte;
  if (pipe(goes_on) < 0) return 1;
  const pid_t child = fork();
  if (child == 0) {
    raise(SIGSTOP);
    (void)!write(goes_on[1], "x", 1);
    while (1) pause();
  }
  waitpid(child, &status, WUNTRACED);
  printf("%d ", WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
  kill(child, SIGCONT);
  waitpid(child, &status, WCONTINUED);
  printf("%d ", WIFCONTINUED(status));
  if (read(goes_on[0], &byte, 1) != 1) return 1;
  kill(child, SIGTERM);
  waitpid(child, &status, 0);
  printf("%d\n", WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
  return 0;
}
