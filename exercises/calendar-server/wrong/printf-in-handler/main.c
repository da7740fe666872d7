// The handler itself prints who came, with printf(), and ends the server with exit(): it may come in the middle
// of an snprintf() that writes down the next one.
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { kMost = 10000 };

static char names[kMost][32];
static size_t count;

static void on_signal(int signal_number) {
  for (size_t i = 0; i < count && signal_number != SIGUSR2; ++i) printf("%s\n", names[i]);
  if (signal_number != SIGUSR1) printf("%zu\n", count);
  exit(0);
}

static void on_child(int signal_number) {
  (void)signal_number;
  const int before = errno;
  while (waitpid(-1, NULL, WNOHANG) > 0) continue;
  errno = before;
}

static void handle(int signal_number, void (*handler)(int)) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  sigaction(signal_number, &action, NULL);
}

static void usage(void) {
  fprintf(stderr, "usage: calendar-server PORT [YEAR]\n");
  exit(2);
}

static int number(const char *text, int most) {
  char *end;
  const long value = strtol(text, &end, 10);
  if (end == text || *end != '\0' || value < 1 || value > most) usage();
  return (int)value;
}

static int listen_on(int port) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons((unsigned short)port);
  if (listener == -1 || bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
      listen(listener, 5) == -1) {
    perror("calendar-server");
    return -1;
  }
  return listener;
}

_Noreturn static void serve(int listener, const char *year) {
  for (;;) {
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    const int client = accept(listener, (struct sockaddr *)&address, &size);
    if (client == -1) continue;  // a signal, or a client that has left: wait again
    snprintf(names[count++ % kMost], sizeof names[0], "%s:%d", inet_ntoa(address.sin_addr),
             ntohs(address.sin_port));
    if (fork() == 0) {
      dup2(client, STDOUT_FILENO);
      close(client);
      close(listener);
      execlp("cal", "cal", year, (char *)NULL);
      _exit(127);
    }
    close(client);
  }
}

int main(int argc, char *argv[]) {
  if (argc < 2 || argc > 3) usage();
  const int port = number(argv[1], 65535);
  time_t now = time(NULL);
  char year[16];
  strftime(year, sizeof year, "%Y", localtime(&now));
  if (argc == 3) snprintf(year, sizeof year, "%d", number(argv[2], 9999));

  int ready[2];
  if (pipe(ready) == -1) return 1;
  const pid_t middle = fork();
  if (middle == -1) {
    perror("calendar-server");
    return 1;
  }
  if (middle > 0) {
    close(ready[1]);
    char yes;
    return read(ready[0], &yes, 1) == 1 ? 0 : 1;
  }
  setsid();
  if (fork() != 0)
    _exit(0);  // the server is no leader of its session: it cannot get a terminal back

  handle(SIGUSR1, on_signal);
  handle(SIGUSR2, on_signal);
  handle(SIGTERM, on_signal);
  handle(SIGCHLD, on_child);
  close(ready[0]);
  const int listener = listen_on(port);
  if (listener == -1) return 1;
  if (write(ready[1], "y", 1) != 1) return 1;
  close(ready[1]);
  serve(listener, year);
}
