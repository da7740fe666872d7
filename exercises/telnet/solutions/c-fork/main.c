// A process for each direction. The parent listens to the server; the child, which types, is ended when that is over.
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void copy(int from, int to) {
  char buffer[16384];
  ssize_t got;
  while ((got = read(from, buffer, sizeof buffer)) > 0) {
    for (ssize_t done = 0; done < got;) {
      const ssize_t n = write(to, buffer + done, (size_t)(got - done));
      if (n == -1) _exit(1);
      done += n;
    }
  }
}

int main(int argc, char *argv[]) {
  char *rest = "";
  const long port = argc == 3 ? strtol(argv[2], &rest, 10) : 0;
  if (port < 1 || port > 65535 || *rest != '\0') {
    fprintf(stderr, "usage: telnet HOST PORT\n");
    return 2;
  }
  const struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
  struct addrinfo *found;
  const int error = getaddrinfo(argv[1], argv[2], &hints, &found);
  if (error != 0) {
    fprintf(stderr, "telnet: %s\n", gai_strerror(error));
    return 1;
  }
  const int server = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(server, found->ai_addr, found->ai_addrlen) == -1) {
    perror("telnet");
    return 1;
  }
  freeaddrinfo(found);

  const pid_t typist = fork();
  if (typist == -1) {
    perror("telnet: fork");
    return 1;
  }
  if (typist == 0) {
    copy(STDIN_FILENO, server);
    shutdown(server, SHUT_WR);  // of the connection, whoever has it open; a close() would only be the child's
    _exit(0);
  }
  copy(server, STDOUT_FILENO);
  kill(typist, SIGTERM);
  waitpid(typist, NULL, 0);
  return 0;
}
