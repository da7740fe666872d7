#include <stdio.h>
#include <stdlib.h>

int main(void) {
  char *line = NULL;
  size_t size = 0;
  for (int number = 1; getline(&line, &size, stdin) != -1; ++number) {
    printf("%d %s", number, line);
    fflush(stdout);
  }
  free(line);
  return 0;
}
