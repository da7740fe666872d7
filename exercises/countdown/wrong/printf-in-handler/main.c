// All is done in the handlers, and said there, with printf(): they may come in the middle of another printf().
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

static const long long kSecond = 1000000;  // all times are in microseconds
static const long long kStep = 60 * 1000000LL;

static long long whole;
static int up;
static int down;

static long long time_left(void) {
  struct itimerval timer;
  getitimer(ITIMER_REAL, &timer);
  return timer.it_value.tv_sec * kSecond + timer.it_value.tv_usec;
}

static void set_timer(long long left) {
  const struct itimerval timer = {.it_value = {.tv_sec = left / kSecond, .tv_usec = left % kSecond}};
  setitimer(ITIMER_REAL, &timer, NULL);
}

static void on_signal(int signal_number) {
  const long long left = time_left();
  switch (signal_number) {
    case SIGALRM:
      printf("up %d down %d\n", up, down);
      exit(0);
    case SIGUSR1:
      set_timer(left + kStep);
      ++up;
      break;
    case SIGUSR2:
      if (left - kStep >= kSecond) {
        set_timer(left - kStep);
        ++down;
      } else {
        printf("ignored\n");
      }
      break;
    case SIGHUP:
      set_timer(whole);
      break;
    case SIGTERM:
      printf("left %lld\n", (left + kSecond - 1) / kSecond);
      break;
  }
  fflush(stdout);
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

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: countdown SECONDS\n");
    return 2;
  }
  whole = seconds_from(argv[1]) * kSecond;
  const int ours[] = {SIGALRM, SIGUSR1, SIGUSR2, SIGHUP, SIGTERM};
  struct sigaction action = {.sa_handler = on_signal};
  for (size_t i = 0; i < sizeof ours / sizeof *ours; ++i) sigaddset(&action.sa_mask, ours[i]);
  for (size_t i = 0; i < sizeof ours / sizeof *ours; ++i) sigaction(ours[i], &action, NULL);
  signal(SIGINT, SIG_IGN);
  set_timer(whole);
  for (;;) pause();
}
