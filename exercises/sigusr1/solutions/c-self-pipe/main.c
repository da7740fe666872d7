// The handler writes one byte into a pipe, the main loop reads it: the self-pipe trick.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int notes[2];

static void write_note(int signal_number) {
  const int saved = errno;
  const char note = signal_number == SIGUSR1 ? 'u' : 't';
  if (write(notes[1], &note, 1) == -1) {
    // The pipe is full of notes that nobody has read yet: nothing a handler could do about it.
  }
  errno = saved;
}

int main(void) {
  if (pipe(notes) == -1 || fcntl(notes[1], F_SETFL, O_NONBLOCK) == -1) {
    perror("sigusr1: pipe");
    return 1;
  }
  struct sigaction action = {.sa_handler = write_note, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  printf("ready %d\n", (int)getpid());
  fflush(stdout);

  char note = 0;
  int count = 0;
  while (note != 't') {
    const ssize_t got = read(notes[0], &note, 1);
    if (got == -1 && errno != EINTR) {
      perror("sigusr1: read");
      return 1;
    }
    if (got == 1 && note == 'u') {
      printf("got SIGUSR1 %d\n", ++count);
      fflush(stdout);
    }
  }
  puts("bye");
  return 0;
}
