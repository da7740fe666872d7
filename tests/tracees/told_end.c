// SPDX-License-Identifier: MIT
// told_end wait4|waitid STATUS: has a child that exits with STATUS and prints what
// it was told of its end.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void by_wait4(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status)) printf("exited %d\n", WEXITSTATUS(status));
  if (WIFSIGNALED(status)) printf("killed by %d\n", WTERMSIG(status));
}

static void by_waitid(pid_t child) {
  siginfo_t info;
  waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT);
  printf("%s %d, ", info.si_code == CLD_EXITED ? "exited" : "killed by", info.si_status);
  waitid(P_PID, (id_t)child, &info, WEXITED);
  printf("%s %d\n", info.si_code == CLD_EXITED ? "exited" : "killed by", info.si_status);
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const pid_t child = fork();
  if (child == 0) _exit(atoi(argv[2]));
  if (strcmp(argv[1], "wait4") == 0) by_wait4(child);
  if (strcmp(argv[1], "waitid") == 0) by_waitid(child);
  return 0;
}
