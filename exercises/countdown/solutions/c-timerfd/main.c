// Time and signals are both descriptors here, and poll() waits for the two of them.
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

typedef struct itimerspec spec_t;

int main(int argc, char *argv[]) {
  char *end;
  long seconds = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (seconds < 1 || seconds > 86400 || *end) {
    fprintf(stderr, "usage: countdown SECONDS\n");
    return 2;
  }
  sigset_t set;
  sigfillset(&set);
  sigprocmask(SIG_BLOCK, &set, NULL);  // all of them: what is not handled below, SIGINT for one, has no effect
  struct pollfd fds[2] = {{.fd = signalfd(-1, &set, 0), .events = POLLIN},
                          {.fd = timerfd_create(CLOCK_MONOTONIC, 0), .events = POLLIN}};
  spec_t t = {.it_value = {.tv_sec = seconds}};
  timerfd_settime(fds[1].fd, 0, &t, NULL);
  int up = 0, down = 0;
  while (poll(fds, 2, -1) > 0 && !fds[1].revents) {
    struct signalfd_siginfo info;
    if (read(fds[0].fd, &info, sizeof info) != sizeof info) return 1;
    timerfd_gettime(fds[1].fd, &t);
    switch (info.ssi_signo) {
      case SIGUSR1:
        up++;
        t.it_value.tv_sec += 60;
        timerfd_settime(fds[1].fd, 0, &t, NULL);
        break;
      case SIGUSR2:
        if (t.it_value.tv_sec >= 61) {
          down++;
          t.it_value.tv_sec -= 60;
          timerfd_settime(fds[1].fd, 0, &t, NULL);
        } else {
          dprintf(1, "ignored\n");
        }
        break;
      case SIGHUP:
        t = (spec_t){.it_value = {.tv_sec = seconds}};
        timerfd_settime(fds[1].fd, 0, &t, NULL);
        break;
      case SIGTERM:
        dprintf(1, "left %ld\n", (long)t.it_value.tv_sec + (t.it_value.tv_nsec > 0));
    }
  }
  dprintf(1, "up %d down %d\n", up, down);
  return 0;
}
