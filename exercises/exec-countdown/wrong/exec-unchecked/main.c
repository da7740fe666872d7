// When exec fails, the child ends without a word.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  if (argc != 3 || argv[2][0] == '\0' || argv[2][strspn(argv[2], "0123456789")] != '\0') {
    fprintf(stderr, "usage: exec-countdown PROGRAM SECONDS\n");
    return 2;
  }
  const pid_t child = fork();
  if (child == -1) {
    perror("fork");
    return 1;
  }
  if (child == 0) {
    execl(argv[1], argv[1], argv[2], (char *)NULL);
    _exit(1);
  }
  printf("%d\n", (int)child);
  return 0;
}
