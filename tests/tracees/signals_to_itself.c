// SPDX-License-Identifier: MIT
// Gets SIGUSR1 by kill(), raise(), sigqueue() and from a child, SIGCHLD of that child, SIGALRM of a
// timer, one after another; prints them as they come.
// plumbline: subject is time
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t last;

static void note(int signal) { last = signal; }

static void wait_for(int signal, const sigset_t* none) {
  while (last != signal) sigsuspend(none);
  last = 0;
  printf("%d ", signal);
}

int main(void) {
  struct sigaction action = {.sa_handler = note};
  sigset_t blocked;
  sigset_t none;
  sigemptyset(&none);
  sigemptyset(&blocked);
  const int signals[] = {SIGUSR1, SIGCHLD, SIGALRM};
  for (int i = 0; i < 3; ++i) {
    sigaction(signals[i], &action, NULL);
    sigaddset(&blocked, signals[i]);
  }
  sigprocmask(SIG_BLOCK, &blocked, NULL);

  kill(getpid(), SIGUSR1);
  wait_for(SIGUSR1, &none);
  raise(SIGUSR1);
  wait_for(SIGUSR1, &none);
  sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 1});
  wait_for(SIGUSR1, &none);
  int hold[2];
  if (pipe(hold) < 0) return 1;
  const pid_t child = fork();
  if (child == 0) {
    char byte;
    close(hold[1]);
    kill(getppid(), SIGUSR1);
    _exit((int)read(hold[0], &byte, 1));
  }
  wait_for(SIGUSR1, &none);
  close(hold[1]);
  wait_for(SIGCHLD, &none);
  waitpid(child, NULL, 0);
  const struct itimerval soon = {.it_value = {.tv_usec = 1000}};
  setitimer(ITIMER_REAL, &soon, NULL);
  wait_for(SIGALRM, &none);
  puts("");
  return 0;
}
