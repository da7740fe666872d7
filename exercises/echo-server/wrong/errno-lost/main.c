// The handler of SIGCHLD reaps, and leaves behind the ECHILD of its last waitpid(): whoever looks at errno then sees
// the error of a call that is not its own.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/wait.h>
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

static volatile sig_atomic_t finished;

static void on_term(int signal_number) {
  (void)signal_number;
  finished = 1;
}

static void on_child(int signal_number) {
  (void)signal_number;
  while (waitpid(-1, NULL, WNOHANG) > 0) {
  }
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
  int port = port_of(argc, argv);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_term;
  sigaction(SIGTERM, &action, NULL);
  action.sa_handler = on_child;
  action.sa_flags = SA_RESTART | SA_NOCLDSTOP;
  sigaction(SIGCHLD, &action, NULL);
  setpgid(0, 0);
  int listener = listen_on(port);
  printf("listening %d\n", port);
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
  return 0;
}
