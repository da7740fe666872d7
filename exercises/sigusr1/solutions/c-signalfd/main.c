// Reads the signals from a descriptor, as if they were data.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

int main(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  sigaddset(&signals, SIGTERM);
  if (sigprocmask(SIG_BLOCK, &signals, NULL) == -1) {
    perror("sigusr1: sigprocmask");
    return 1;
  }
  const int arrivals = signalfd(-1, &signals, SFD_CLOEXEC);
  if (arrivals == -1) {
    perror("sigusr1: signalfd");
    return 1;
  }
  dprintf(STDOUT_FILENO, "ready %d\n", (int)getpid());

  for (int count = 1;;) {
    struct signalfd_siginfo arrival;
    if (read(arrivals, &arrival, sizeof arrival) != sizeof arrival) {
      if (errno == EINTR) continue;
      perror("sigusr1: read");
      return 1;
    }
    if (arrival.ssi_signo == SIGTERM) break;
    dprintf(STDOUT_FILENO, "got SIGUSR1 %d\n", count++);
  }
  dprintf(STDOUT_FILENO, "bye\n");
  close(arrivals);
  return 0;
}
