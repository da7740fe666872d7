// alarm() knows whole seconds only, so it just says when to look at the clock again: handlers move the end, and
// whatever wakes the program, it then asks what is left.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t came[65];

static void note(int signal_number) { came[signal_number] = 1; }

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int take(int signal_number) {
  const int was = came[signal_number];
  came[signal_number] = 0;
  return was;
}

static long rounded_up(double x) {
  const long whole = (long)x;
  return whole < x ? whole + 1 : whole;
}

int main(int argc, char **argv) {
  int seconds, up = 0, down = 0;
  char rest;
  if (argc != 2 || sscanf(argv[1], "%d%c", &seconds, &rest) != 1 || seconds < 1 || seconds > 86400) {
    fprintf(stderr, "usage: %s SECONDS\n", argv[0]);
    return 2;
  }
  setlinebuf(stdout);
  signal(SIGINT, SIG_IGN);
  const int signals[] = {SIGALRM, SIGUSR1, SIGUSR2, SIGHUP, SIGTERM};
  sigset_t mine, outside;
  sigemptyset(&mine);
  for (int i = 0; i < 5; i++) sigaddset(&mine, signals[i]);
  sigprocmask(SIG_BLOCK, &mine, &outside);
  for (int i = 0; i < 5; i++) signal(signals[i], note);

  double end = now() + seconds;
  while (now() < end) {
    alarm((unsigned)rounded_up(end - now()));
    sigsuspend(&outside);
    const double left = end - now();
    if (take(SIGUSR1)) end += 60, up++;
    if (take(SIGUSR2)) {
      if (left - 60 >= 1)
        end -= 60, down++;
      else
        puts("ignored");
    }
    if (take(SIGHUP)) end = now() + seconds;
    if (take(SIGTERM)) printf("left %ld\n", rounded_up(end - now()));
  }
  printf("up %d down %d\n", up, down);
  return 0;
}
