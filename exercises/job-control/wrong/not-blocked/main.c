// Ticks once a second, and does what is asked of a program on a terminal: stops, goes on, says goodbye.
//
// The keys are taken by sigtimedwait(), and nobody has blocked them.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void say(const char *line) {
  if (puts(line) == EOF || fflush(stdout) == EOF) {
    perror("job-control: cannot write");
    exit(1);
  }
}

static void say_number(const char *word, int number) {
  char line[32];
  snprintf(line, sizeof line, "%s %d", word, number);
  say(line);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// The signal that came, or 0 when the moment has.
static int next_signal(const sigset_t *keys, double moment) {
  for (double left; (left = moment - now()) > 0;) {
    const struct timespec limit = {.tv_sec = (time_t)left, .tv_nsec = (long)((left - (double)(time_t)left) * 1e9)};
    const int came = sigtimedwait(keys, NULL, &limit);
    if (came > 0) return came;
    if (errno != EAGAIN && errno != EINTR) exit(1);
  }
  return 0;
}

int main(void) {
  sigset_t keys;
  sigemptyset(&keys);
  sigaddset(&keys, SIGTSTP);
  sigaddset(&keys, SIGINT);

  int ticks = 0;
  double next_tick = now() + 1;
  for (;;) {
    switch (next_signal(&keys, next_tick)) {
      case 0:
        say_number("tick", ++ticks);
        next_tick += 1;
        break;
      case SIGTSTP:
        say("paused");
        raise(SIGSTOP);
        say("resumed");
        next_tick = now() + 1;
        break;
      case SIGINT:
        say_number("bye", ticks);
        return 0;
    }
  }
}
