// Everything is done in the handlers, with write() and _exit() only: both may be called there.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static int count;

static void say(const char *text, size_t length) {
  if (write(STDOUT_FILENO, text, length) != (ssize_t)length) _exit(1);
}

static void on_usr1(int signal_number) {
  (void)signal_number;
  char line[32] = "got SIGUSR1 ";
  size_t length = 12;
  char digits[12];
  size_t used = 0;
  for (int rest = ++count; rest > 0; rest /= 10) digits[used++] = (char)('0' + rest % 10);
  while (used > 0) line[length++] = digits[--used];
  line[length++] = '\n';
  say(line, length);
}

static void on_term(int signal_number) {
  (void)signal_number;
  say("bye\n", 4);
  _exit(0);
}

int main(void) {
  struct sigaction action = {0};
  sigaddset(&action.sa_mask, SIGUSR1);  // neither handler interrupts the other
  sigaddset(&action.sa_mask, SIGTERM);
  action.sa_handler = on_usr1;
  sigaction(SIGUSR1, &action, NULL);
  action.sa_handler = on_term;
  sigaction(SIGTERM, &action, NULL);
  dprintf(STDOUT_FILENO, "ready %d\n", (int)getpid());
  for (;;) pause();
}
