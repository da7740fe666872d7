// The answer sets a flag. It is blocked except within sigsuspend(), so it cannot come between the
// look at the flag and the wait.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t answered;

static void on_answer(int signal_number) {
  (void)signal_number;
  answered = 1;
}

static int send_bit(pid_t server, int bit, const sigset_t *while_waiting) {
  answered = 0;
  if (kill(server, bit ? SIGUSR1 : SIGUSR2) == -1) return -1;
  while (!answered) sigsuspend(while_waiting);
  return 0;
}

int main(int argc, char *argv[]) {
  const size_t digits = argc == 3 ? strspn(argv[1], "0123456789") : 0;
  if (digits == 0 || digits > 9 || argv[1][digits] != '\0' || atoi(argv[1]) == 0) {
    fprintf(stderr, "usage: client PID TEXT\n");
    return 2;
  }
  struct sigaction action = {.sa_handler = on_answer};
  sigaction(SIGUSR2, &action, NULL);
  sigset_t answer, before;
  sigemptyset(&answer);
  sigaddset(&answer, SIGUSR2);
  sigprocmask(SIG_BLOCK, &answer, &before);
  for (size_t i = 0; i <= strlen(argv[2]); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      if (send_bit(atoi(argv[1]), argv[2][i] >> bit & 1, &before) == -1) {
        perror("client");
        return 1;
      }
    }
  }
  return 0;
}
