// SPDX-License-Identifier: MIT
// computes N: N million steps of a generator of numbers, and nothing else.
#include <stdint.h>
#include <stdlib.h>

int main(int argc, char** argv) {
  volatile uint64_t number = 1;
  const long steps = argc > 1 ? atol(argv[1]) * 1000000 : 0;
  for (long i = 0; i < steps; ++i) number = number * 6364136223846793005u + 1442695040888963407u;
  return 0;
}
