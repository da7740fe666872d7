// SIGINT keeps its default action.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>

static const long long kSecond = 1000000;  // all times are in microseconds
static const long long kStep = 60 * 1000000LL;

static long long time_left(void) {
  struct itimerval timer;
  getitimer(ITIMER_REAL, &timer);
  return timer.it_value.tv_sec * kSecond + timer.it_value.tv_usec;
}

static void set_timer(long long left) {
  const struct itimerval timer = {.it_value = {.tv_sec = left / kSecond, .tv_usec = left % kSecond}};
  if (setitimer(ITIMER_REAL, &timer, NULL) == -1) {
    perror("countdown: setitimer");
    exit(1);
  }
}

static void flush_line(void) {
  if (fflush(stdout) == EOF) {
    perror("countdown: cannot write");
    exit(1);
  }
}

static long seconds_from(const char *text) {
  char *end;
  errno = 0;
  const long seconds = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || seconds < 1 || seconds > 86400) {
    fprintf(stderr, "countdown: '%s' is not a number from 1 to 86400\n", text);
    exit(2);
  }
  return seconds;
}

static sigset_t blocked_signals(void) {
  sigset_t ours;
  sigemptyset(&ours);
  for (const int *s = (const int[]){SIGALRM, SIGUSR1, SIGUSR2, SIGHUP, SIGTERM, 0}; *s != 0; ++s) sigaddset(&ours, *s);
  sigprocmask(SIG_BLOCK, &ours, NULL);
  return ours;
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: countdown SECONDS\n");
    return 2;
  }
  const long seconds = seconds_from(argv[1]);
  const sigset_t ours = blocked_signals();
  set_timer(seconds * kSecond);

  int up = 0;
  int down = 0;
  for (int came = 0; came != SIGALRM;) {
    sigwait(&ours, &came);
    switch (came) {
      case SIGUSR1:
        set_timer(time_left() + kStep);
        ++up;
        break;
      case SIGUSR2:
        if (time_left() - kStep >= kSecond) {
          set_timer(time_left() - kStep);
          ++down;
        } else {
          puts("ignored");
        }
        break;
      case SIGHUP:
        set_timer(seconds * kSecond);
        break;
      case SIGTERM:
        printf("left %lld\n", (time_left() + kSecond - 1) / kSecond);
        break;
    }
    flush_line();
  }
  printf("up %d down %d\n", up, down);
  flush_line();
  return 0;
}
