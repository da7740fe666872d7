// The -1 of a fork() that fails is printed as if it were a PID.
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
  if (child == 0) {
    execl(argv[1], argv[1], argv[2], (char *)NULL);
    perror(argv[1]);
    _exit(1);
  }
  printf("%d\n", (int)child);
  return 0;
}
