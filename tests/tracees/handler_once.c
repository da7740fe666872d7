// SPDX-License-Identifier: MIT
// A handler that is there for one signal (SA_RESETHAND); the second ends the program.
#include <signal.h>
#include <stddef.h>

static void nothing(int signal) { (void)signal; }

int main(void) {
  struct sigaction action = {.sa_handler = nothing};
  action.sa_flags = (int)SA_RESETHAND;
  sigaction(SIGUSR1, &action, NULL);
  raise(SIGUSR1);
  raise(SIGUSR1);
  return 0;
}
