// SPDX-License-Identifier: MIT
// sets_timer WAY SECONDS: waits for a timer, or with "timeout" in a read of a socket that has one.
// plumbline: subject is time
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const char* way = argv[1];
  const time_t seconds = atol(argv[2]);
  const struct itimerspec relative = {.it_value = {seconds, 0}};
  struct itimerspec absolute = relative;
  const struct itimerval interval = {.it_value = {seconds, 0}, .it_interval = {1, 0}};
  const struct timeval timeout = {seconds, 0};
  struct timespec now;
  uint64_t count;
  timer_t timer;
  clock_gettime(CLOCK_REALTIME, &now);
  absolute.it_value.tv_sec += now.tv_sec;
  if (strcmp(way, "alarm") == 0) alarm((unsigned)seconds);
  if (strcmp(way, "interval") == 0) setitimer(ITIMER_REAL, &interval, NULL);
  if (strcmp(way, "made") == 0 && timer_create(CLOCK_MONOTONIC, NULL, &timer) == 0)
    timer_settime(timer, 0, &relative, NULL);
  if (strcmp(way, "absolute") == 0 && timer_create(CLOCK_REALTIME, NULL, &timer) == 0)
    timer_settime(timer, TIMER_ABSTIME, &absolute, NULL);
  if (strcmp(way, "descriptor") == 0) {
    const int fd = timerfd_create(CLOCK_MONOTONIC, 0);
    timerfd_settime(fd, 0, &relative, NULL);
    return read(fd, &count, sizeof count) != sizeof count;
  }
  if (strcmp(way, "timeout") == 0) {
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) < 0) return 1;
    setsockopt(sockets[0], SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    return read(sockets[0], &count, 1) == 1;
  }
  pause();
  return 0;
}
