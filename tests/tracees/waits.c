// SPDX-License-Identifier: MIT
// Waits for children in every way: wait4() and waitid(), with a look that leaves them (WNOWAIT),
// into nothing, none there, and none left over because SIGCHLD is ignored.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child_that_exits(int status) {
  const pid_t child = fork();
  if (child == 0) _exit(status);
  return child;
}

static void wait_in_vain(void) {
  const pid_t child = wait(NULL);
  printf("%d %s ", child, strerrorname_np(errno));
}

int main(void) {
  int status = 0;
  siginfo_t info;
  waitpid(child_that_exits(3), &status, 0);
  printf("%d ", WEXITSTATUS(status));
  waitpid(child_that_exits(4), NULL, 0);
  const pid_t killed = fork();
  if (killed == 0)
    while (1) pause();
  printf("%d ", waitpid(killed, &status, WNOHANG));
  kill(killed, SIGKILL);
  waitid(P_PID, (id_t)killed, &info, WEXITED | WNOWAIT);
  printf("%d ", info.si_code == CLD_KILLED && info.si_status == SIGKILL);
  waitid(P_ALL, 0, &info, WEXITED);
  child_that_exits(5);
  waitid(P_ALL, 0, NULL, WEXITED);
  wait_in_vain();
  signal(SIGCHLD, SIG_IGN);
  child_that_exits(6);
  wait_in_vain();
  puts("");
  return 0;
}
