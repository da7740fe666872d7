// SPDX-License-Identifier: MIT
// A child in a session of its own, and one in a group of its own; all wait.
#include <unistd.h>

int main(void) {
  if (fork() == 0)
    setsid();
  else if (fork() == 0)
    setpgid(0, 0);
  pause();
  return 0;
}
