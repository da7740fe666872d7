// SPDX-License-Identifier: MIT
// timers N: N timers that go off over one day, each with a signal that is waited for.
#include <signal.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char** argv) {
  const long count = argc > 1 ? atol(argv[1]) : 1;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGRTMIN);
  sigprocmask(SIG_BLOCK, &set, NULL);
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
  for (long i = 1; i <= count; ++i) {
    const struct itimerspec value = {.it_value.tv_sec = 86400 * i / count};
    timer_t timer;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return 1;
    if (timer_settime(timer, 0, &value, NULL) != 0) return 1;
  }
  for (long i = 0; i < count; ++i) {
    if (sigwaitinfo(&set, NULL) != SIGRTMIN) return 1;
  }
  return 0;
}
