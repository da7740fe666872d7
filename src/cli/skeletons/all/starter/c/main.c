// Write your program here; the statement says what it has to do.
#include <stdio.h>

int main(void) {
  fprintf(stderr, "main: not written yet\n");
  return 1;
}
