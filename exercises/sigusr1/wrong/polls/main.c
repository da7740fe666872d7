// Looks at its notes a thousand times a second: usleep() makes a poll of a busy wait, and not a wait.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile sig_atomic_t came, over;

static void on_usr1(int s) {
  (void)s;
  ++came;
}

static void on_term(int s) {
  (void)s;
  over = 1;
}

int main(void) {
  struct sigaction action = {.sa_handler = on_usr1, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  action.sa_handler = on_term;
  sigaction(SIGTERM, &action, NULL);
  printf("ready %d\n", getpid());
  fflush(stdout);

  for (int told = 0; !over;) {
    usleep(1000);
    while (told < came) {
      printf("got SIGUSR1 %d\n", ++told);
      fflush(stdout);
    }
  }
  puts("bye");
  return 0;
}
