// SPDX-License-Identifier: MIT
// naps N: waits N times for a second for a signal that never comes.
#include <signal.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char** argv) {
  const struct timespec second = {1, 0};
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  for (long i = argc > 1 ? atol(argv[1]) : 0; i > 0; --i) sigtimedwait(&set, NULL, &second);
  return 0;
}
