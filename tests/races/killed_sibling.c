// SPDX-License-Identifier: MIT
// Its second child kills the first, for which it waits: "killed by 9".
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  const pid_t first = fork();
  if (first == 0) pause();
  const pid_t second = fork();
  if (second == 0) {
    kill(first, SIGKILL);
    _exit(0);
  }
  int status = 0;
  waitpid(first, &status, 0);
  waitpid(second, 0, 0);
  char text[32];
  (void)!write(1, text, (size_t)snprintf(text, sizeof text, "killed by %d\n", WTERMSIG(status)));
  return 0;
}
