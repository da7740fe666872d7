// Starts PROGRAM in a child of its own, prints the PID of this child and ends at once.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_seconds(const char *text) {
  char *end;
  errno = 0;
  const long seconds = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || seconds < 0) {
    fprintf(stderr, "exec-countdown: '%s' is not a number of seconds\n", text);
    exit(2);
  }
}

int main(int argc, char *argv[]) {
  if (argc != 3) {
    fprintf(stderr, "usage: exec-countdown PROGRAM SECONDS\n");
    return 2;
  }
  check_seconds(argv[2]);

  const pid_t child = fork();
  if (child == -1) {
    perror("exec-countdown: fork");
    return 1;
  }
  if (child == 0) {
    execl(argv[1], argv[1], argv[2], (char *)NULL);
    // Only when exec fails does anything below run, and then it runs in the child.
    fprintf(stderr, "exec-countdown: %s: %s\n", argv[1], strerror(errno));
    _exit(errno == ENOENT ? 127 : 126);
  }
  printf("%d\n", (int)child);
  return fflush(stdout) == EOF;
}
