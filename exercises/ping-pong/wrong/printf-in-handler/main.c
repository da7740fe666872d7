// The whole game is played in the handlers, and they print with printf(), at whatever instant they come.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int rounds;
static int played;
static pid_t other;

static void say(const char *word) {
  printf("%s %d\n", word, played);
  fflush(stdout);
}

static void on_ping(int signal_number) {
  (void)signal_number;
  ++played;
  say("pong");
  kill(other, SIGUSR2);
  if (played == rounds) _exit(0);
}

static void serve(void) {
  ++played;
  say("ping");
  kill(other, SIGUSR1);
}

static void on_pong(int signal_number) {
  (void)signal_number;
  if (played < rounds) {
    serve();
    return;
  }
  waitpid(other, NULL, 0);
  _exit(0);
}

static void install(int signal_number, void (*handler)(int)) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  sigaction(signal_number, &action, NULL);
}

int main(int argc, char *argv[]) {
  char *end = NULL;
  if (argc == 2) rounds = (int)strtol(argv[1], &end, 10);
  if (end == NULL || *end != '\0' || rounds < 1) {
    fputs("usage: ping-pong ROUNDS\n", stderr);
    return 2;
  }

  other = getpid();
  install(SIGUSR1, on_ping);
  install(SIGUSR2, on_pong);

  const pid_t child = fork();
  if (child == -1) {
    perror("fork");
    return 1;
  }
  if (child > 0) {
    other = child;
    serve();
  }
  for (;;) pause();
}
