// Everything is right, and then a sleep between two rounds "so that the signals do not meet".
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static sigset_t only(int signal_number) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal_number);
  return set;
}

static void wait_for(int signal_number) {
  const sigset_t wanted = only(signal_number);
  int came;
  sigwait(&wanted, &came);
}

// A line has to be out before the signal is: printf alone would keep it when stdout is a pipe.
static void say(const char *word, int round) {
  printf("%s %d\n", word, round);
  if (fflush(stdout) == EOF) fail("ping-pong: cannot write");
}

static void play_child(int rounds) {
  for (int round = 1; round <= rounds; ++round) {
    wait_for(SIGUSR1);
    say("pong", round);
    if (kill(getppid(), SIGUSR2) == -1) fail("ping-pong: kill");
  }
}

static void play_parent(int rounds, pid_t child) {
  for (int round = 1; round <= rounds; ++round) {
    say("ping", round);
    if (kill(child, SIGUSR1) == -1) fail("ping-pong: kill");
    wait_for(SIGUSR2);
    usleep(1000);
  }
}

static int rounds_from(const char *text) {
  char *end;
  errno = 0;
  const long rounds = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || rounds < 1 || rounds > 1000000) {
    fprintf(stderr, "ping-pong: '%s' is not a number of rounds\n", text);
    exit(2);
  }
  return (int)rounds;
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: ping-pong ROUNDS\n");
    return 2;
  }
  const int rounds = rounds_from(argv[1]);

  sigset_t balls = only(SIGUSR1);
  sigaddset(&balls, SIGUSR2);
  if (sigprocmask(SIG_BLOCK, &balls, NULL) == -1) fail("ping-pong: sigprocmask");

  const pid_t child = fork();
  if (child == -1) fail("ping-pong: fork");
  if (child == 0) {
    play_child(rounds);
    return 0;
  }
  play_parent(rounds, child);
  if (waitpid(child, NULL, 0) == -1) fail("ping-pong: waitpid");
  return 0;
}
