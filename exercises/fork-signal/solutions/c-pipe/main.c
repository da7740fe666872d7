// The child sets its handlers itself and says so through a pipe: the parent prints the PID when the
// pipe is closed.
//
// The handlers do everything, with calls that are allowed in handlers, and hold each other off: no
// signal can come between two steps of an answer.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void on_usr1(int signal_number) {
  (void)signal_number;
  const char line[] = "hola radiola\n";
  if (write(STDOUT_FILENO, line, sizeof line - 1) == -1) _exit(1);
}

static void on_usr2(int signal_number) {
  (void)signal_number;
  const char line[] = "adeu andreu\n";
  _exit(write(STDOUT_FILENO, line, sizeof line - 1) == -1);
}

static void handle(int signal_number, void (*handler)(int)) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  sigaddset(&action.sa_mask, SIGUSR1);
  sigaddset(&action.sa_mask, SIGUSR2);
  if (sigaction(signal_number, &action, NULL) == -1) fail("fork-signal: sigaction");
}

int main(void) {
  int ready[2];
  if (pipe(ready) == -1) fail("fork-signal: pipe");
  const pid_t child = fork();
  if (child == -1) fail("fork-signal: fork");
  if (child == 0) {
    close(ready[0]);
    handle(SIGUSR1, on_usr1);
    handle(SIGUSR2, on_usr2);
    close(ready[1]);
    for (;;) pause();
  }
  close(ready[1]);
  char none;
  if (read(ready[0], &none, 1) == -1)
    fail("fork-signal: read");  // end of file: the child has closed its end
  printf("%d\n", (int)child);
  return 0;
}
