// The main program stays in wait(), and SIGUSR1 is answered in its handler, with write() alone: the call goes on afterwards.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t alive;

static void on_usr1(int signal_number) {
  char line[] = "alive 000\n";
  char *digits = line + 6;
  int length = 3;
  (void)signal_number;
  for (int i = 2, rest = alive; i >= 0; --i, rest /= 10) digits[i] = (char)('0' + rest % 10);
  while (length > 1 && *digits == '0') ++digits, --length;
  if (write(1, "alive ", 6) != 6 || write(1, digits, (size_t)length + 1) != length + 1) _exit(1);
}

int main(int argc, char **argv) {
  char *end;
  long n = argc == 2 ? strtol(argv[1], &end, 10) : -1;
  if (n < 0 || n > 200 || *end || end == argv[1]) {
    fputs("usage: reaper N\n", stderr);
    return 2;
  }
  struct sigaction action = {.sa_handler = on_usr1, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  // Two lines must not mix: while a line is printed and counted the signal waits.
  sigset_t usr1;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  int failed = 0;
  for (long i = 1; i <= n && !failed; ++i) {
    switch (fork()) {
      case -1:
        perror("fork");
        failed = 1;
        break;
      case 0:
        signal(SIGUSR1, SIG_DFL);
        sleep((unsigned)i);
        _exit((int)i);
      default:
        ++alive;
    }
  }
  int status;
  for (pid_t child; (child = wait(&status)) > 0;) {
    sigprocmask(SIG_BLOCK, &usr1, NULL);
    --alive;
    dprintf(1, "pid %d status %d\n", (int)child, WEXITSTATUS(status));
    sigprocmask(SIG_UNBLOCK, &usr1, NULL);
  }
  return failed;
}
