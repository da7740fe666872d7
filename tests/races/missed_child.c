// SPDX-License-Identifier: MIT
// One wait(2) for each SIGCHLD, and two children: signals of one kind do not queue. "reaped 2", or
// "reaped 1" if both ended before the handler ran.
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t reaped;

static void on_child(int signal) {
  (void)signal;
  if (wait(0) > 0) ++reaped;
}

int main(void) {
  int go[2];
  (void)!pipe(go);
  struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_RESTART};
  sigaction(SIGCHLD, &action, 0);
  for (int child = 0; child < 2; ++child) {
    if (fork() == 0) _exit(0);
  }
  close(go[1]);
  char byte;
  // Both have ended once nobody holds the pipe's other end; SA_RESTART goes on waiting for that.
  (void)!read(go[0], &byte, 1);
  char text[32];
  (void)!write(1, text, (size_t)snprintf(text, sizeof text, "reaped %d\n", (int)reaped));
  return 0;
}
