// The handler of SIGTERM says goodbye with fprintf() and ends with exit(), whatever the thread that takes it is at.
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void *serve(void *argument) {
  const int connection = (int)(intptr_t)argument;
  char buffer[4096];
  ssize_t got;
  while ((got = recv(connection, buffer, sizeof buffer, 0)) > 0) {
    ssize_t done = 0;
    while (done < got) {
      const ssize_t sent = send(connection, buffer + done, (size_t)(got - done), MSG_NOSIGNAL);
      if (sent == -1) goto gone;
      done += sent;
    }
  }
gone:
  close(connection);
  return NULL;
}

_Noreturn static void accept_all(int listener) {
  for (;;) {
    const int connection = accept(listener, NULL, NULL);
    if (connection == -1) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      perror("echo-server: accept");
      exit(1);
    }
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)connection) != 0) {
      fprintf(stderr, "echo-server: no thread for a client\n");
      close(connection);
    } else {
      pthread_detach(thread);
    }
  }
}

static void on_term(int number) {
  (void)number;
  fprintf(stderr, "echo-server: ended by SIGTERM\n");
  exit(0);
}

int main(int argc, char *argv[]) {
  char *end = NULL;
  const long port = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (argc != 2 || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: echo-server PORT\n");
    return 2;
  }
  signal(SIGTERM, on_term);

  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == -1 || listen(listener, 64) == -1) {
    perror("echo-server");
    return 1;
  }
  printf("listening %ld\n", port);
  fflush(stdout);

  accept_all(listener);
}
