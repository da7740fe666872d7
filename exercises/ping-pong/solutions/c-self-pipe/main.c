// The handler writes a byte into a pipe of its own, and the process waits with read() on the other end.
// The child tells by a third pipe that it is ready: it installs its handler after the fork.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int balls[2];

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

static void on_ball(int signal_number) {
  const int saved = errno;
  const char byte = (char)signal_number;
  if (write(balls[1], &byte, 1) == -1) _exit(1);
  errno = saved;
}

static void listen_for(int signal_number) {
  if (pipe(balls) == -1) die("pipe");
  struct sigaction action = {.sa_handler = on_ball};
  if (sigaction(signal_number, &action, NULL) == -1) die("sigaction");
}

static void next_ball(void) {
  char byte;
  while (read(balls[0], &byte, 1) == -1)
    if (errno != EINTR) die("read");
}

int main(int argc, char **argv) {
  char *rest;
  if (argc != 2) {
    fprintf(stderr, "usage: %s ROUNDS\n", argv[0]);
    return 2;
  }
  long rounds = strtol(argv[1], &rest, 10);
  if (rest == argv[1] || *rest || rounds < 1) {
    fprintf(stderr, "%s: not a number of rounds: %s\n", argv[0], argv[1]);
    return 2;
  }

  int ready[2];
  if (pipe(ready) == -1) die("pipe");
  pid_t child = fork();
  if (child == -1) die("fork");
  if (child == 0) {
    close(ready[0]);
    listen_for(SIGUSR1);
    if (write(ready[1], "r", 1) != 1) die("write");
    close(ready[1]);
    for (long i = 1; i <= rounds; i++) {
      next_ball();
      dprintf(1, "pong %ld\n", i);
      kill(getppid(), SIGUSR2);
    }
    exit(0);
  }
  close(ready[1]);
  listen_for(SIGUSR2);
  char byte;
  if (read(ready[0], &byte, 1) != 1) die("the child is not ready");
  close(ready[0]);
  for (long i = 1; i <= rounds; i++) {
    dprintf(1, "ping %ld\n", i);
    kill(child, SIGUSR1);
    next_ball();
  }
  wait(NULL);
  return 0;
}
