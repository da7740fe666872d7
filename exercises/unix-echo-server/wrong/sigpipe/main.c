// Forgets SIGPIPE: answering a client that is gone kills the whole server.
#include <errno.h>
#include <pthread.h>
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

static void *serve(void *argument) {
  int fd = *(int *)argument;
  free(argument);
  char buffer[1024];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0) {
    ssize_t sent = 0;
    while (sent < n) {
      ssize_t m = send(fd, buffer + sent, n - sent, 0);
      if (m == -1) {
        close(fd);
        return NULL;
      }
      sent += m;
    }
  }
  close(fd);
  return NULL;
}

static void on_term(int signal_number) {
  (void)signal_number;
  unlink(path);
  _exit(0);
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: unix-echo-server PATH\n");
    return 2;
  }
  path = argv[1];
  signal(SIGTERM, on_term);
  int listener = listen_at(path);
  printf("listening %s\n", path);
  fflush(stdout);
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (fd == -1) continue;
    int *argument = malloc(sizeof *argument);
    *argument = fd;
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, argument) != 0) {
      close(fd);
      free(argument);
      continue;
    }
    pthread_detach(thread);
  }
}
