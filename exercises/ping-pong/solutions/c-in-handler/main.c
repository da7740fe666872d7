// The whole game is played in the handlers, with write() and kill() only: both may be called there.
// The main programs sleep for ever; the last ball ends them.
#include <signal.h>
#include <stdlib.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int rounds;
static int played;
static pid_t other;

static void say(const char *word) {
  char line[32];
  size_t at = sizeof line;
  line[--at] = '\n';
  for (int rest = played; rest > 0; rest /= 10) line[--at] = (char)('0' + rest % 10);
  line[--at] = ' ';
  for (int i = 3; i >= 0; --i) line[--at] = word[i];
  if (write(STDOUT_FILENO, line + at, sizeof line - at) == -1) _exit(1);
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
    serve();  // not in a handler; but a pong only comes after its last call, and interrupts nothing
  }
  for (;;) pause();
}
