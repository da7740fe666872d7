// Between the test of `done` and pause() there is a gap: a signal that comes there is handled, and pause() waits for the next one.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static volatile sig_atomic_t got, done;
static void on_usr1(int s) { (void)s; got++; }
static void on_term(int s) { (void)s; done = 1; }
int main(void) {
  int printed = 0;
  signal(SIGUSR1, on_usr1);
  signal(SIGTERM, on_term);
  printf("ready %d\n", (int)getpid());
  fflush(stdout);
  while (!done) {
    pause();
    while (printed < got) {
      printf("got SIGUSR1 %d\n", ++printed);
      fflush(stdout);
    }
  }
  puts("bye");
  return 0;
}
