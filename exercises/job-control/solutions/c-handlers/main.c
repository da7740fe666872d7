// One handler a signal, and SIGCONT has its own. The lines are written with write(): stdio is not for handlers.
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t ticks;

static void say(const char *text) {
  if (write(STDOUT_FILENO, text, strlen(text)) == -1) _exit(1);
}

static void say_number(const char *word, int number) {
  char digits[16] = "\n";
  char line[32];
  size_t n = 0, used = 0;
  for (; *word; ++word) line[n++] = *word;
  do {
    digits[used++] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  while (used > 0) line[n++] = digits[--used];
  line[n++] = '\n';
  if (write(STDOUT_FILENO, line, n) == -1) _exit(1);
}

static void on_tstp(int s) {
  (void)s;
  say("paused\n");
  kill(getpid(), SIGSTOP);
}

static void on_cont(int s) {
  (void)s;
  say("resumed\n");
}

static void on_int(int s) {
  (void)s;
  say_number("bye ", ticks);
  _exit(0);
}

int main(void) {
  struct sigaction action = {.sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  action.sa_handler = on_tstp;
  sigaction(SIGTSTP, &action, NULL);
  action.sa_handler = on_cont;
  sigaction(SIGCONT, &action, NULL);
  action.sa_handler = on_int;
  sigaction(SIGINT, &action, NULL);

  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  for (;;) {
    sigprocmask(SIG_BLOCK, &all, NULL);  // a line and its number belong together
    say_number("tick ", ticks + 1);
    ++ticks;
    sigprocmask(SIG_SETMASK, &none, NULL);
    struct timespec rest = {.tv_sec = 1};
    while (nanosleep(&rest, &rest) == -1) {
    }
  }
}
