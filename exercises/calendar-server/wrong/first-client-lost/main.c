// The first client only shows that accept() works: its connection is closed again, and it is counted nowhere.
#define _GNU_SOURCE  // for ppoll()
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct clients {
  struct sockaddr_in *address;
  size_t count;
};

static volatile sig_atomic_t asked;  // the signal that came, or 0

static void take_note(int signal_number) { asked = signal_number; }

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static long number_from(const char *text, long most) {
  char *end;
  errno = 0;
  const long number = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || number < 1 || number > most) {
    fprintf(stderr, "calendar-server: '%s' is not a number from 1 to %ld\n", text, most);
    exit(2);
  }
  return number;
}

static int listen_on(long port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)port);
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  if (listener == -1 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == -1 ||
      bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
      listen(listener, SOMAXCONN) == -1) {
    fail("calendar-server: cannot listen");
  }
  return listener;
}

static void install_handlers(sigset_t *while_waiting) {
  const int ours[] = {SIGUSR1, SIGUSR2, SIGTERM};
  sigset_t blocked;
  sigemptyset(&blocked);
  for (size_t i = 0; i < 3; ++i) {
    struct sigaction action = {0};
    action.sa_handler = take_note;
    sigaction(ours[i], &action, NULL);
    sigaddset(&blocked, ours[i]);
  }
  sigprocmask(SIG_BLOCK, &blocked, while_waiting);
}

static void serve(int client, const char *year, const sigset_t *usual) {
  const pid_t child = fork();
  if (child == 0) {
    sigprocmask(SIG_SETMASK, usual, NULL);
    dup2(client, STDOUT_FILENO);
    execlp("cal", "cal", year, (char *)NULL);
    perror("calendar-server: cal");
    _exit(127);
  }
  if (child == -1) {
    perror("calendar-server: fork");
  } else {
    waitpid(child, NULL, 0);
  }
}

static void accept_one(int listener, struct clients *clients, const char *year,
                       const sigset_t *usual) {
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  const int client = accept4(listener, (struct sockaddr *)&address, &size, SOCK_CLOEXEC);
  if (client == -1) return;  // it was gone already
  void *more = realloc(clients->address, (clients->count + 1) * sizeof address);
  if (more == NULL) fail("calendar-server: memory");
  clients->address = more;
  clients->address[clients->count++] = address;
  serve(client, year, usual);
  close(client);
}

static void report(const struct clients *clients, int signal_number) {
  for (size_t i = 0; i < clients->count && signal_number != SIGUSR2; ++i) {
    const struct sockaddr_in *client = &clients->address[i];
    printf("%s:%u\n", inet_ntoa(client->sin_addr), (unsigned)ntohs(client->sin_port));
  }
  if (signal_number != SIGUSR1) printf("%zu\n", clients->count);
}

int main(int argc, char *argv[]) {
  if (argc != 2 && argc != 3) {
    fprintf(stderr, "usage: calendar-server PORT [YEAR]\n");
    return 2;
  }
  const long port = number_from(argv[1], 65535);
  const time_t now = time(NULL);
  const long year = argc == 3 ? number_from(argv[2], 9999) : localtime(&now)->tm_year + 1900L;
  char year_text[8];
  snprintf(year_text, sizeof year_text, "%ld", year);

  const int listener = listen_on(port);
  sigset_t while_waiting;
  install_handlers(&while_waiting);
  const pid_t server = fork();
  if (server == -1) fail("calendar-server: fork");
  if (server > 0) return 0;
  setsid();

  struct clients clients = {NULL, 0};
  struct pollfd first = {listener, POLLIN, 0};
  if (ppoll(&first, 1, NULL, &while_waiting) == 1) close(accept(listener, NULL, NULL));
  while (!asked) {
    struct pollfd waiting = {listener, POLLIN, 0};
    if (ppoll(&waiting, 1, NULL, &while_waiting) == 1) {
      accept_one(listener, &clients, year_text, &while_waiting);
    }
  }
  report(&clients, asked);
  return 0;
}
