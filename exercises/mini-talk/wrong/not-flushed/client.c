// Sends a text to a server, bit by bit: see server.c. The next bit goes when the one before was
// answered.
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static pid_t pid_from(const char *text) {
  char *end;
  errno = 0;
  const long pid = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || pid <= 0 || pid > INT_MAX) {
    fprintf(stderr, "client: '%s' is no PID\n", text);
    exit(2);
  }
  return (pid_t)pid;
}

// The server may take its time, but it has to be there: every now and then we look.
static void wait_for_answer(pid_t server) {
  sigset_t answer;
  sigemptyset(&answer);
  sigaddset(&answer, SIGUSR1);
  const struct timespec while_waiting = {.tv_sec = 10};
  while (sigtimedwait(&answer, NULL, &while_waiting) == -1) {
    if (kill(server, 0) == -1) fail("client: the server is gone");
  }
}

static void send_byte(pid_t server, unsigned char byte) {
  for (unsigned mask = 0x80; mask != 0; mask >>= 1) {
    if (kill(server, byte & mask ? SIGUSR2 : SIGUSR1) == -1) fail("client: kill");
    wait_for_answer(server);
  }
}

int main(int argc, char *argv[]) {
  if (argc != 3) {
    fprintf(stderr, "usage: client PID TEXT\n");
    return 2;
  }
  const pid_t server = pid_from(argv[1]);
  sigset_t answer;
  sigemptyset(&answer);
  sigaddset(&answer, SIGUSR1);
  sigprocmask(SIG_BLOCK, &answer, NULL);  // an answer that comes early waits for us
  const char *text = argv[2];
  do {
    send_byte(server, (unsigned char)*text);
  } while (*text++ != '\0');
  return 0;
}
