// SIGTERM ends the program by exit(), so that atexit() puts the settings back: exit() flushes too, perhaps in the
// middle of a printf().
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios found;

static void restore(void) { tcsetattr(STDIN_FILENO, TCSANOW, &found); }

static void on_term(int number) { exit(128 + number); }

int main(int argc, char *argv[]) {
  if (argc > 2 || (argc == 2 && strcmp(argv[1], "raw") != 0)) {
    fprintf(stderr, "usage: %s [raw]\n", argv[0]);
    return 2;
  }
  if (argc == 1) {
    for (int n = 1; n <= 2000; n++) printf("line %d\n", n);
    return 0;
  }
  if (tcgetattr(STDIN_FILENO, &found) == -1) {
    perror("terminal");
    return 1;
  }
  atexit(restore);
  signal(SIGTERM, on_term);
  struct termios raw = found;
  raw.c_iflag &= ~(tcflag_t)IXON;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  tcsetattr(STDIN_FILENO, TCSANOW, &raw);
  char key;
  while (read(STDIN_FILENO, &key, 1) == 1 && key != 'q' && key != 4) {
    if (key == 0x13) puts("got ^S");
    if (key == 0x11) puts("got ^Q");
    fflush(stdout);
  }
  return 0;
}
