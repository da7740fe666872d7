// SPDX-License-Identifier: MIT
// transfers N: writes one byte to a pipe and reads it back, N times.
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char** argv) {
  int ends[2];
  char byte = 'x';
  if (argc != 2 || pipe(ends) < 0) return 2;
  for (long left = strtol(argv[1], NULL, 10); left > 0; left--) {
    if (write(ends[1], &byte, 1) != 1 || read(ends[0], &byte, 1) != 1) return 1;
  }
  return 0;
}
