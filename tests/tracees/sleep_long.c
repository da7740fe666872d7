// SPDX-License-Identifier: MIT
// Sleeps for the number of seconds that is its argument, and says what was left.
// plumbline: subject is time
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char** argv) {
  const unsigned left = sleep(argc > 1 ? (unsigned)atoi(argv[1]) : 1);
  printf("%s\n", left == 0 ? "all of it" : "interrupted");
  return 0;
}
