// SPDX-License-Identifier: MIT
// Writes and reads COUNT single bytes through a pipe of its own.
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char** argv) {
  const long count = argc > 1 ? atol(argv[1]) : 1;
  int ends[2];
  char byte = 'x';
  if (pipe(ends) < 0) return 1;
  for (long i = 0; i < count; ++i) {
    if (write(ends[1], &byte, 1) != 1 || read(ends[0], &byte, 1) != 1) return 1;
  }
  return 0;
}
