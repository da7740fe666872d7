// Writing to a client that is gone brings SIGPIPE, and one thread's SIGPIPE ends them all.
#define _GNU_SOURCE  // for pipe2() and accept4()
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int send_all(int client, const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t sent = send(client, bytes, count, 0);
    if (sent == -1) return -1;
    bytes += sent;
    count -= (size_t)sent;
  }
  return 0;
}

// /bin/sh -c COMMAND with one pipe for both its outputs.
static FILE *start(const char *command, pid_t *child) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) == -1) return NULL;
  *child = fork();
  if (*child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
  }
  close(ends[1]);
  return *child == -1 ? NULL : fdopen(ends[0], "r");
}

static int answer(int client, const char *command) {
  pid_t child;
  FILE *output = start(command, &child);
  if (output == NULL) return -1;
  char piece[8192];
  size_t count;
  int result = 0;
  while (result == 0 && (count = fread(piece, 1, sizeof piece, output)) > 0) {
    result = send_all(client, piece, count);
  }
  fclose(output);
  waitpid(child, NULL, 0);
  return result == 0 ? send_all(client, "\004", 1) : -1;
}

static void *serve(void *argument) {
  FILE *lines = argument;
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, lines) > 0) {
    line[strcspn(line, "\n")] = '\0';
    if (answer(fileno(lines), line) == -1) break;
  }
  free(line);
  fclose(lines);
  return NULL;
}

int main(int argc, char *argv[]) {
  char *end = NULL;
  const long port = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (port < 1 || port > 65535 || *end != '\0') {
    fprintf(stderr, "usage: server PORT\n");
    return 2;
  }
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  if (listener == -1 || bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
      listen(listener, 20) == -1) {
    perror("server");
    return 1;
  }
  for (;;) {
    const int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    FILE *lines = client == -1 ? NULL : fdopen(client, "r");
    pthread_t thread;
    if (lines != NULL && pthread_create(&thread, NULL, serve, lines) == 0) pthread_detach(thread);
  }
}
