// SPDX-License-Identifier: MIT
// The first signal is waited for as it should be. Before the second there is a gap: "woken", or
// nobody can go on. It speaks to who connects to a UNIX socket, if it is given a path.
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static volatile sig_atomic_t got;
static void on_signal(int signal) {
  (void)signal;
  ++got;
}

static void wait_for_client(const char *path) {
  struct sockaddr_un here = {.sun_family = AF_UNIX};
  strncpy(here.sun_path, path, sizeof here.sun_path - 1);
  int server = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(server, (struct sockaddr *)&here, sizeof here);
  listen(server, 1);
  dup2(accept(server, NULL, NULL), 1);
}

int main(int argc, char **argv) {
  if (argc > 1) wait_for_client(argv[1]);
  sigset_t usr1, before;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  sigprocmask(SIG_BLOCK, &usr1, &before);
  signal(SIGUSR1, on_signal);
  (void)!write(1, "ready\n", 6);
  while (got < 1) sigsuspend(&before);
  (void)!write(1, "one\n", 4);
  sigprocmask(SIG_SETMASK, &before, NULL);
  if (got < 2) pause();
  (void)!write(1, "woken\n", 6);
  return 0;
}
