// SPDX-License-Identifier: MIT
// Waits in read(2), while a child lives of which it is told only that it has ended.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void on_child(int signal_number) { (void)signal_number; }

int main(void) {
  struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_NOCLDSTOP};
  sigaction(SIGCHLD, &action, NULL);
  const pid_t child = fork();
  if (child == 0) {
    pause();
    return 0;
  }
  char byte;
  const ssize_t got = read(0, &byte, 1);
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  return got == 1 ? 0 : 1;
}
