// The pipe of cal is never closed: each client leaves a descriptor open.
#define _DEFAULT_SOURCE  // for daemon()
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct sockaddr_in *clients;
static size_t count;

static void *wait_for_signals(void *signals) {
  int asked;
  sigwait(signals, &asked);
  pthread_mutex_lock(&lock);
  for (size_t i = 0; i < count && asked != SIGUSR2; ++i) {
    printf("%s:%d\n", inet_ntoa(clients[i].sin_addr), ntohs(clients[i].sin_port));
  }
  if (asked != SIGUSR1) printf("%zu\n", count);
  exit(0);
}

static int check(int result, const char *what) {
  if (result == -1) {
    perror(what);
    exit(1);
  }
  return result;
}

static int is_number(const char *text, long most) {
  return text[0] != '\0' && strspn(text, "0123456789") == strlen(text) && strlen(text) < 10 &&
         atol(text) >= 1 && atol(text) <= most;
}

static void send_calendar(int client, const char *command) {
  FILE *calendar = popen(command, "r");
  if (calendar == NULL) return;
  char piece[512];
  size_t length;
  while ((length = fread(piece, 1, sizeof piece, calendar)) > 0) {
    if (send(client, piece, length, MSG_NOSIGNAL) == -1) break;
  }
  wait(NULL);  // but its pipe stays open
}

int main(int argc, char *argv[]) {
  if ((argc != 2 && argc != 3) || !is_number(argv[1], 65535) ||
      (argc == 3 && !is_number(argv[2], 9999))) {
    fprintf(stderr, "usage: calendar-server PORT [YEAR]\n");
    return 2;
  }
  char command[32];
  snprintf(command, sizeof command, "cal %s", argc == 3 ? argv[2] : "-y");

  const int listener = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1]))};
  check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
  check(listen(listener, 10), "listen");
  check(daemon(0, 1), "daemon");

  static sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  sigaddset(&signals, SIGUSR2);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  pthread_t waiter;
  if (pthread_create(&waiter, NULL, wait_for_signals, &signals) != 0) return 1;
  for (;;) {
    struct sockaddr_in from;
    socklen_t size = sizeof from;
    const int client = accept(listener, (struct sockaddr *)&from, &size);
    if (client == -1) continue;
    pthread_mutex_lock(&lock);
    clients = realloc(clients, (count + 1) * sizeof from);
    if (clients == NULL) abort();
    clients[count++] = from;
    send_calendar(client, command);
    close(client);
    pthread_mutex_unlock(&lock);
  }
}
