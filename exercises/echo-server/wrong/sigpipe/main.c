// Forgets SIGPIPE: answering a client that is gone kills the whole server.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int port_of(int argc, char *argv[]) {
  char *end = NULL;
  long port = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (argc != 2 || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: echo-server PORT\n");
    exit(2);
  }
  return (int)port;
}

static int listen_on(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = inet_addr("127.0.0.1");
  address.sin_port = htons(port);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) == -1) {
    perror("bind");
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
  _exit(0);
}

int main(int argc, char *argv[]) {
  int port = port_of(argc, argv);
  signal(SIGTERM, on_term);
  int listener = listen_on(port);
  printf("listening %d\n", port);
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
