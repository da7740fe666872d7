// It prints into its buffer, which is written at the end.
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  char *line = NULL;
  size_t size = 0;
  for (int number = 1; getline(&line, &size, stdin) != -1; ++number) {
    printf("%d %s", number, line);
  }
  free(line);
  return 0;
}
