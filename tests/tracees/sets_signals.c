// SPDX-License-Identifier: MIT
// Catches, ignores and blocks signals, has one pending, and waits in sigwait(), then in
// sigsuspend().
#include <signal.h>
#include <stddef.h>

static void nothing(int signal) { (void)signal; }

int main(void) {
  int signal_number;
  sigset_t blocked;
  sigset_t awaited;
  sigset_t mask;
  signal(SIGUSR1, nothing);
  signal(SIGPIPE, SIG_IGN);
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGINT);
  sigaddset(&blocked, SIGUSR2);
  sigaddset(&blocked, SIGTERM);
  sigprocmask(SIG_BLOCK, &blocked, NULL);
  raise(SIGUSR2);
  sigemptyset(&awaited);
  sigaddset(&awaited, SIGTERM);
  sigwait(&awaited, &signal_number);
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR2);
  sigsuspend(&mask);
  return 0;
}
