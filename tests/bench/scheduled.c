// SPDX-License-Identifier: MIT
// scheduled N: two processes that write N bytes each, one a call.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  const int null = open("/dev/null", O_WRONLY);
  if (argc != 2 || null < 0) return 2;
  const pid_t child = fork();
  for (long left = strtol(argv[1], NULL, 10); left > 0; left--) {
    if (write(null, "x", 1) != 1) return 1;
  }
  return child != 0 && wait(NULL) != child;
}
