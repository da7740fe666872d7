// Does not know SIGHUP.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct service {
  int port;
  int fd;
  char *argv[20];
};

static struct service services[50];
static int count;
static pid_t children[200];
static int child_count;
static volatile sig_atomic_t hup, term;

static void on_signal(int number) {
  if (number == SIGHUP) hup = 1;
  if (number == SIGTERM) term = 1;
}

static int listen_on(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = inet_addr("127.0.0.1");
  int yes = 1;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) == -1 || listen(fd, 50) == -1) {
    perror("superserver: bind");
    close(fd);
    return -1;
  }
  return fd;
}

static int is_bad(char *port, char *state, char *command) {
  char *end;
  if (port == NULL || state == NULL || command == NULL) return 1;
  long number = strtol(port, &end, 10);
  return *end != '\0' || number < 1 || number > 65535 || (strcmp(state, "on") != 0 && strcmp(state, "off") != 0);
}

static int load(const char *path) {
  FILE *file = fopen(path, "re");
  if (file == NULL) {
    perror(path);
    return -1;
  }
  static struct service fresh[50];
  int fresh_count = 0;
  char line[1000];
  while (fgets(line, sizeof line, file) != NULL && fresh_count < 50) {
    char *port = strtok(strdup(line), " \t\n");
    if (port == NULL || *port == '#') continue;
    char *state = strtok(NULL, " \t\n");
    struct service *service = &fresh[fresh_count];
    int argc = 0;
    while (argc < 19 && (service->argv[argc] = strtok(NULL, " \t\n")) != NULL) argc++;
    service->argv[argc] = NULL;
    if (is_bad(port, state, service->argv[0])) {
      fprintf(stderr, "superserver: bad line: %s", line);
      continue;
    }
    if (strcmp(state, "off") == 0) continue;
    service->port = atoi(port);
    service->fd = -1;
    for (int i = 0; i < count; i++) {
      if (services[i].port != service->port) continue;
      service->fd = services[i].fd;
      services[i].fd = -1;
    }
    if (service->fd == -1) service->fd = listen_on(service->port);
    if (service->fd != -1) fresh_count++;
  }
  fclose(file);
  for (int i = 0; i < count; i++) {
    if (services[i].fd != -1) close(services[i].fd);
  }
  memcpy(services, fresh, sizeof fresh);
  count = fresh_count;
  return 0;
}

static void serve(struct service *service, const sigset_t *mask) {
  int client = accept4(service->fd, NULL, NULL, SOCK_CLOEXEC);
  if (client == -1) return;
  pid_t pid = fork();
  if (pid == 0) {
    signal(SIGHUP, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    dup2(client, 0);
    dup2(client, 1);
    dup2(client, 2);
    execvp(service->argv[0], service->argv);
    perror(service->argv[0]);
    _exit(127);
  }
  close(client);
  children[child_count++ % 200] = pid;
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: superserver CONFIG\n");
    return 2;
  }
  sigset_t blocked, mask;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGHUP);
  sigaddset(&blocked, SIGTERM);
  sigaddset(&blocked, SIGCHLD);
  sigprocmask(SIG_BLOCK, &blocked, &mask);
  signal(SIGTERM, on_signal);
  signal(SIGCHLD, on_signal);
  if (load(argv[1]) == -1) return 1;
  while (!term) {
    struct pollfd fds[50];
    for (int i = 0; i < count; i++) {
      fds[i].fd = services[i].fd;
      fds[i].events = POLLIN;
      fds[i].revents = 0;
    }
    int ready = ppoll(fds, count, NULL, &mask);
    for (int i = 0; ready > 0 && i < count; i++) {
      if (fds[i].revents != 0) serve(&services[i], &mask);
    }
    pid_t pid;
    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
      for (int i = 0; i < child_count; i++) {
        if (children[i] == pid) children[i] = children[--child_count];
      }
    }
    if (hup) {
      hup = 0;
      load(argv[1]);
    }
  }
  for (int i = 0; i < child_count; i++) kill(children[i], SIGTERM);
  while (wait(NULL) > 0) {
  }
  return 0;
}
