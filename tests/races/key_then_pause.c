// SPDX-License-Identifier: MIT
// Asks for a key that interrupts and waits for it, but looks first: one that comes between the look
// and pause(2) is lost.
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t came;

static void note(int number) { came = number; }

int main(void) {
  struct sigaction action = {.sa_handler = note};
  sigaction(SIGINT, &action, NULL);
  if (write(STDOUT_FILENO, "ready\n", 6) != 6) return 1;
  if (!came) pause();
  return 0;
}
