// Takes each failure of sigtimedwait() for the end of the time, also the one that says that it was interrupted.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const long long kSecond = 1000000000;  // all times are in nanoseconds
static const long long kStep = 60 * 1000000000LL;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * kSecond + time.tv_nsec;
}

int main(int argc, char *argv[]) {
  char *rest = NULL;
  const long seconds = argc == 2 ? strtol(argv[1], &rest, 10) : 0;
  if (rest == NULL || *rest != '\0' || seconds < 1 || seconds > 86400) {
    fprintf(stderr, "usage: countdown SECONDS, from 1 to 86400\n");
    return 2;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  const int signals[] = {SIGUSR1, SIGUSR2, SIGHUP, SIGTERM};
  sigset_t ours;
  sigemptyset(&ours);
  for (int i = 0; i < 4; i++) sigaddset(&ours, signals[i]);
  sigset_t blocked = ours;
  sigaddset(&blocked, SIGINT);
  sigprocmask(SIG_BLOCK, &blocked, NULL);
  int up = 0, down = 0;
  long long end = now() + seconds * kSecond, left;
  while ((left = end - now()) > 0) {
    const struct timespec wait = {.tv_sec = left / kSecond, .tv_nsec = left % kSecond};
    const int number = sigtimedwait(&ours, NULL, &wait);
    if (number == -1) break;
    left = end - now();
    if (number == SIGUSR1) end += kStep, up++;
    if (number == SIGUSR2) {
      if (left - kStep >= kSecond)
        end -= kStep, down++;
      else
        puts("ignored");
    }
    if (number == SIGHUP) end = now() + seconds * kSecond;
    if (number == SIGTERM) printf("left %lld\n", (left + kSecond - 1) / kSecond);
  }
  printf("up %d down %d\n", up, down);
  return 0;
}
