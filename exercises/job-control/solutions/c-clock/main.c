// The handlers only leave a note, which is looked at once a second, after the tick: so a line may come before `paused`
// or `bye`. It sleeps until the next full second, however often a signal wakes it before.
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stop_asked, end_asked;

static void on_tstp(int s) {
  (void)s;
  stop_asked = 1;
}

static void on_int(int s) {
  (void)s;
  end_asked = 1;
}

static void wait_until(const struct timespec *when) {
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, when, NULL) != 0) {
  }
}

int main(void) {
  struct sigaction action = {.sa_handler = on_tstp};
  sigaction(SIGTSTP, &action, NULL);
  action.sa_handler = on_int;
  sigaction(SIGINT, &action, NULL);
  setlinebuf(stdout);

  struct timespec next;
  clock_gettime(CLOCK_MONOTONIC, &next);
  for (int n = 1;; ++n) {
    ++next.tv_sec;
    wait_until(&next);
    printf("tick %d\n", n);
    if (stop_asked) {
      stop_asked = 0;
      printf("paused\n");
      raise(SIGSTOP);
      printf("resumed\n");
      clock_gettime(CLOCK_MONOTONIC, &next);  // the time that it was stopped does not count
    }
    if (end_asked) {
      printf("bye %d\n", n);
      return 0;
    }
  }
}
