// All is done in the handlers, with calls that are allowed there: alarm() would be too coarse, but setitimer() is a
// system call and no more, and lines are written with write(). They hold each other off, so the main program need not
// care when they come.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static const long long kSecond = 1000000;  // all times are in microseconds
static const long long kStep = 60 * 1000000LL;

static long long whole;
static int up;
static int down;

static long long time_left(void) {
  struct itimerval timer;
  getitimer(ITIMER_REAL, &timer);
  return timer.it_value.tv_sec * kSecond + timer.it_value.tv_usec;
}

static void set_timer(long long left) {
  const struct itimerval timer = {.it_value = {.tv_sec = left / kSecond, .tv_usec = left % kSecond}};
  if (setitimer(ITIMER_REAL, &timer, NULL) == -1) _exit(1);
}

static size_t append(char *line, size_t used, const char *text) {
  const size_t length = strlen(text);
  memcpy(line + used, text, length);
  return used + length;
}

static size_t append_number(char *line, size_t used, long long number) {
  char digits[24] = "";
  char *first = digits + sizeof digits - 1;
  do {
    *--first = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  return append(line, used, first);
}

static void say(char *line, size_t used) {
  used = append(line, used, "\n");
  if (write(STDOUT_FILENO, line, used) == -1) _exit(1);
}

static void on_alarm(int signal_number) {
  (void)signal_number;
  char line[80];
  size_t used = append_number(line, append(line, 0, "up "), up);
  used = append_number(line, append(line, used, " down "), down);
  say(line, used);
  _exit(0);
}

static void on_usr1(int signal_number) {
  (void)signal_number;
  set_timer(time_left() + kStep);
  ++up;
}

static void on_usr2(int signal_number) {
  (void)signal_number;
  char line[80];
  const long long left = time_left();
  if (left - kStep < kSecond) {
    say(line, append(line, 0, "ignored"));
    return;
  }
  set_timer(left - kStep);
  ++down;
}

static void on_hup(int signal_number) {
  (void)signal_number;
  set_timer(whole);
}

static void on_term(int signal_number) {
  (void)signal_number;
  char line[80];
  say(line, append_number(line, append(line, 0, "left "), (time_left() + kSecond - 1) / kSecond));
}

static void handle(int signal_number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigfillset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
}

int main(int argc, char *argv[]) {
  char *end = NULL;
  const long seconds = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (end == NULL || *end != '\0' || seconds < 1 || seconds > 86400) {
    fprintf(stderr, "usage: countdown SECONDS, from 1 to 86400\n");
    return 2;
  }
  whole = seconds * kSecond;
  signal(SIGINT, SIG_IGN);
  handle(SIGALRM, on_alarm);
  handle(SIGUSR1, on_usr1);
  handle(SIGUSR2, on_usr2);
  handle(SIGHUP, on_hup);
  handle(SIGTERM, on_term);
  set_timer(whole);
  for (;;) pause();
}
