// The signals are data to read, and waitid() with WNOWAIT looks who has ended before that one is reaped.
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static int alive;

static void reap(void) {
  for (;;) {
    siginfo_t ended = {.si_pid = 0};
    if (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == -1 || ended.si_pid == 0) return;
    dprintf(STDOUT_FILENO, "pid %d status %d\n", (int)ended.si_pid, ended.si_status);
    waitpid(ended.si_pid, NULL, 0);
    --alive;
  }
}

int main(int argc, char *argv[]) {
  char more;
  int n;
  if (argc != 2 || sscanf(argv[1], "%d%c", &n, &more) != 1 || n < 0 || n > 200) {
    fprintf(stderr, "usage: %s N\n", argv[0]);
    return 2;
  }
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  int status = 0;
  while (alive < n && status == 0) {
    pid_t child = fork();
    if (child == -1) {
      perror("fork");
      status = 1;  // the children that are there end by themselves, and are waited for
    } else if (child == 0) {
      close(fd);
      sleep((unsigned)alive + 1);
      _exit(alive + 1);
    } else {
      ++alive;
    }
  }
  struct pollfd arrivals = {.fd = fd, .events = POLLIN};
  while (alive > 0 && poll(&arrivals, 1, -1) == 1) {
    struct signalfd_siginfo info[4];
    ssize_t got = read(fd, info, sizeof info);
    for (ssize_t i = 0; i < got / (ssize_t)sizeof *info; i++) {
      if (info[i].ssi_signo == SIGCHLD) reap();
      if (info[i].ssi_signo == SIGUSR1) dprintf(STDOUT_FILENO, "alive %d\n", alive);
    }
  }
  return status;
}
