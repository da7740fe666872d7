// SPDX-License-Identifier: MIT
// naps N: sleeps N times for a second.
// plumbline: subject is time
#include <stdlib.h>
#include <time.h>

int main(int argc, char** argv) {
  const struct timespec second = {1, 0};
  for (long i = argc > 1 ? atol(argv[1]) : 0; i > 0; --i) nanosleep(&second, NULL);
  return 0;
}
