// SPDX-License-Identifier: MIT
// Makes threads until it is refused.
#include "attack.h"

#include <pthread.h>

static void* stay(void* nothing) {
  while (1) pause();
  return nothing;
}

static void attack(void) {
  long made = 0;
  while (made < 2000) {
    pthread_t thread;
    errno = pthread_create(&thread, NULL, stay, NULL);
    if (errno != 0) break;
    ++made;
  }
  told("more", -1);
  told_of("made", made);
}
