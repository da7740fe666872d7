// bind() fails and nobody looks: listen() then picks a port of its own.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int port_of(int argc, char *argv[]) {
  char *end = NULL;
  long port = argc == 2 ? strtol(argv[1], &end, 10) : 0;
  if (argc != 2 || *end != '\0' || port < 1 || port > 65535) {
    fprintf(stderr, "usage: chargen-server PORT\n");
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
  bind(fd, (struct sockaddr *)&address, sizeof address);
  if (listen(fd, 100) == -1) {
    perror("listen");
    exit(1);
  }
  return fd;
}


static int send_all(int fd, const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);
    if (n == -1) return -1;
    bytes += n;
    size -= n;
  }
  return 0;
}

static void *generate(void *argument) {
  int fd = *(int *)argument;
  free(argument);
  char line[74];
  for (int first = 0;; first++) {
    for (int i = 0; i < 72; i++) line[i] = ' ' + (first + i) % 95;
    line[72] = '\r';
    line[73] = '\n';
    if (send_all(fd, line, sizeof line) == -1) break;
  }
  close(fd);
  return NULL;
}

int main(int argc, char *argv[]) {
  int listener = listen_on(port_of(argc, argv));
  while (1) {
    int client = accept(listener, NULL, NULL);
    if (client == -1) continue;
    int *argument = malloc(sizeof *argument);
    *argument = client;
    pthread_t thread;
    if (pthread_create(&thread, NULL, generate, argument) == 0) pthread_detach(thread);
  }
}
