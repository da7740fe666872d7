// A process for each client. SIGTERM and SIGCHLD come by a descriptor, and poll() waits for them as for the next client.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kMaxChildren = 1000 };

static pid_t children[kMaxChildren];
static int child_count;

static void die(const char *call) {
  fprintf(stderr, "unix-echo-server: %s: %s\n", call, strerror(errno));
  exit(1);
}

static void reap(void) {
  pid_t pid;
  while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
    for (int i = 0; i < child_count; i++) {
      if (children[i] == pid) children[i--] = children[--child_count];
    }
  }
}

_Noreturn static void serve(int connection) {
  char buffer[8192];
  ssize_t got;
  while ((got = read(connection, buffer, sizeof buffer)) > 0) {
    for (ssize_t done = 0; done < got;) {
      const ssize_t n = write(connection, buffer + done, (size_t)(got - done));
      if (n == -1) _exit(0);
      done += n;
    }
  }
  _exit(0);
}

static void start_child(int listener, int connection, const sigset_t *mask) {
  const pid_t pid = fork();
  if (pid == 0) {
    close(listener);
    sigprocmask(SIG_SETMASK, mask, NULL);
    serve(connection);
  }
  if (pid == -1) perror("unix-echo-server: fork");
  else children[child_count++] = pid;
  close(connection);
}

int main(int argc, char *argv[]) {
  struct sockaddr_un here = {.sun_family = AF_UNIX};
  if (argc != 2) {
    fprintf(stderr, "usage: unix-echo-server PATH\n");
    return 2;
  }
  if (snprintf(here.sun_path, sizeof here.sun_path, "%s", argv[1]) >= (int)sizeof here.sun_path) {
    fprintf(stderr, "unix-echo-server: %s: too long\n", argv[1]);
    return 1;
  }
  sigset_t blocked, original;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  sigaddset(&blocked, SIGCHLD);
  sigprocmask(SIG_BLOCK, &blocked, &original);
  const int signals = signalfd(-1, &blocked, 0);
  if (signals == -1) die("signalfd");

  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  // A stale socket refuses connections, and so does a file that is none. One that a server listens to is left alone, and bind() fails.
  struct stat old;
  if (connect(listener, (struct sockaddr *)&here, sizeof here) == -1 && errno == ECONNREFUSED &&
      lstat(argv[1], &old) == 0 && S_ISSOCK(old.st_mode)) {
    unlink(argv[1]);
  }
  if (bind(listener, (struct sockaddr *)&here, sizeof here) == -1) die("bind");
  if (listen(listener, 100) == -1) die("listen");
  printf("listening %s\n", argv[1]);
  fflush(stdout);

  for (bool finished = false; !finished;) {
    struct pollfd next[] = {{.fd = child_count < kMaxChildren ? listener : -1, .events = POLLIN},
                            {.fd = signals, .events = POLLIN}};
    if (poll(next, 2, -1) == -1) die("poll");
    struct signalfd_siginfo came;
    if (next[1].revents != 0 && read(signals, &came, sizeof came) == sizeof came) {
      if (came.ssi_signo == SIGTERM) finished = true;
      reap();
    }
    if (next[0].revents != 0) {
      const int connection = accept(listener, NULL, NULL);
      if (connection != -1) start_child(listener, connection, &original);
    }
  }
  for (int i = 0; i < child_count; i++) kill(children[i], SIGTERM);
  while (wait(NULL) > 0) continue;
  unlink(argv[1]);
  return 0;
}
