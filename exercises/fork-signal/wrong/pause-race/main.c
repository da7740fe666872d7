// A signal that comes after the look at the notes and before pause() is noted, and pause() waits
// for the next one.
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile sig_atomic_t holas;
static volatile sig_atomic_t adeu;

static void take_note(int signal_number) {
  if (signal_number == SIGUSR1) {
    ++holas;
  } else {
    adeu = 1;
  }
}

int main(void) {
  signal(SIGUSR1, take_note);
  signal(SIGUSR2, take_note);
  const pid_t child = fork();
  if (child == -1) {
    perror("fork");
    return 1;
  }
  if (child > 0) {
    printf("%d\n", (int)child);
    return 0;
  }
  while (!adeu) {
    if (holas > 0) {
      --holas;
      puts("hola radiola");
      fflush(stdout);
    } else {
      pause();
    }
  }
  puts("adeu andreu");
  return 0;
}
