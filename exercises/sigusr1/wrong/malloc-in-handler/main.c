// The handler writes with write(), but what it writes is in memory that it allocates.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int count;

// The digits of a number, in memory of their own.
static char *digits_of(int number) {
  char *digits = malloc(12);
  if (digits == NULL) _exit(1);
  char *at = digits + 11;
  *at = '\0';
  for (; number > 0; number /= 10) *--at = (char)('0' + number % 10);
  memmove(digits, at, strlen(at) + 1);
  return digits;
}

static void say(const char *text) {
  if (write(STDOUT_FILENO, text, strlen(text)) < 0) _exit(1);
}

static void on_signal(int signal_number) {
  if (signal_number == SIGTERM) {
    say("bye\n");
    _exit(0);
  }
  char *digits = digits_of(++count);
  char line[32] = "got SIGUSR1 ";
  strcat(line, digits);
  strcat(line, "\n");
  say(line);
  free(digits);
}

int main(void) {
  struct sigaction action = {0};
  sigaddset(&action.sa_mask, SIGUSR1);
  sigaddset(&action.sa_mask, SIGTERM);
  action.sa_handler = on_signal;
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  printf("ready %d\n", (int)getpid());
  fflush(stdout);
  for (;;) pause();
}
