// SPDX-License-Identifier: MIT
// Two philosophers and two forks, each of whom takes the left one first: "fed", or nobody can go on.
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t forks[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static int plates[2];

static void* dine(void* seat) {
  const int left = seat == 0 ? 0 : 1;
  pthread_mutex_lock(&forks[left]);
  // What others can see between the two: the first fork is in one's hand.
  (void)!write(plates[1], "", 0);
  pthread_mutex_lock(&forks[1 - left]);
  pthread_mutex_unlock(&forks[1 - left]);
  pthread_mutex_unlock(&forks[left]);
  return 0;
}

int main(void) {
  (void)!pipe(plates);
  pthread_t other;
  pthread_create(&other, 0, dine, &forks);
  dine(0);
  pthread_join(other, 0);
  (void)!write(1, "fed\n", 4);
  return 0;
}
