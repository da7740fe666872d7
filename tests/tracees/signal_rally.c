// SPDX-License-Identifier: MIT
// Two processes send each other SIGUSR1 by turns, ROUNDS times each.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t got;

static void note(int signal) {
  (void)signal;
  got = 1;
}

static void receive(const sigset_t* none) {
  while (!got) sigsuspend(none);
  got = 0;
}

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? atoi(argv[1]) : 1;
  struct sigaction action = {.sa_handler = note};
  sigset_t blocked;
  sigset_t none;
  sigemptyset(&none);
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  sigprocmask(SIG_BLOCK, &blocked, NULL);
  sigaction(SIGUSR1, &action, NULL);
  const pid_t parent = getpid();
  const pid_t child = fork();
  for (int i = 0; i < rounds; ++i) {
    if (child == 0) receive(&none);
    kill(child == 0 ? parent : child, SIGUSR1);
    if (child != 0) receive(&none);
  }
  if (child == 0) return 0;
  wait(NULL);
  printf("%d\n", rounds);
  return 0;
}
