// Never waits for its children: each client leaves a zombie.
#include <errno.h>
#include <sys/wait.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char *path;

static int listen_at(const char *name) {
  struct sockaddr_un address;
  memset(&address, 0, sizeof address);
  address.sun_family = AF_UNIX;
  if (strlen(name) >= sizeof address.sun_path) {
    fprintf(stderr, "%s: too long\n", name);
    exit(1);
  }
  strcpy(address.sun_path, name);
  struct stat old;
  if (lstat(name, &old) == 0 && S_ISSOCK(old.st_mode)) unlink(name);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) == -1) {
    perror(name);
    exit(1);
  }
  if (listen(fd, 100) == -1) {
    perror("listen");
    exit(1);
  }
  return fd;
}

static volatile sig_atomic_t finished;

static void on_term(int signal_number) {
  (void)signal_number;
  finished = 1;
}

static void serve(int fd) {
  char buffer[4096];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0) {
    ssize_t sent = 0;
    while (sent < n) {
      ssize_t m = send(fd, buffer + sent, n - sent, MSG_NOSIGNAL);
      if (m == -1) _exit(1);
      sent += m;
    }
  }
  _exit(0);
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: unix-echo-server PATH\n");
    return 2;
  }
  path = argv[1];
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_term;
  sigaction(SIGTERM, &action, NULL);
  setpgid(0, 0);
  int listener = listen_at(path);
  printf("listening %s\n", path);
  fflush(stdout);

  while (!finished) {
    int fd = accept(listener, NULL, NULL);
    if (fd == -1) continue;
    pid_t pid = fork();
    if (pid == 0) {
      signal(SIGTERM, SIG_DFL);
      close(listener);
      serve(fd);
    }
    close(fd);
  }
  signal(SIGTERM, SIG_IGN);
  kill(0, SIGTERM);
  while (wait(NULL) > 0 || errno == EINTR) {
  }
  unlink(path);
  return 0;
}
