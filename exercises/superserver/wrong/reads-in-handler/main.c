// superserver CONFIG: listens on many ports, and starts a command for each connection, as inetd and xinetd do.
//
// The handler of SIGHUP reads the file itself, at whatever instant it comes: perhaps in the middle of a malloc().
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kMaxServices = 100, kMaxWords = 50, kMaxChildren = 1000 };

struct service {
  uint16_t port;
  int is_on;
  int socket;              // -1: does not listen
  char *line;              // what the words point into
  char *argv[kMaxWords + 1];
};

struct config {
  struct service services[kMaxServices];
  int count;
};

static struct config config;
static pid_t children[kMaxChildren];
static int child_count;
static sigset_t mask_of_services;
static volatile sig_atomic_t term_came;
static const char *config_path;

static void on_signal(int number) {
  if (number == SIGTERM) term_came = 1;
}

static void complain(const char *what) { fprintf(stderr, "superserver: %s: %s\n", what, strerror(errno)); }

static void *checked(void *memory) {
  if (memory != NULL) return memory;
  complain("memory");
  exit(1);
}

// --- The configuration.

static int parse_port(const char *text) {
  char *end;
  errno = 0;
  const long number = strtol(text, &end, 10);
  return end != text && *end == '\0' && errno == 0 && number >= 1 && number <= 65535 ? (int)number : -1;
}

// Puts a zero behind each word.
static int split(char *line, char **words, int room) {
  int count = 0;
  for (char *word = strtok(line, " \t\r\n"); word != NULL && count < room; word = strtok(NULL, " \t\r\n"))
    words[count++] = word;
  return count;
}

// Returns 0 if the line is none. Takes the line.
static int parse_line(char *line, struct service *service) {
  char *words[kMaxWords + 2];
  const int count = split(line, words, kMaxWords + 2);
  const int port = count >= 3 ? parse_port(words[0]) : -1;
  if (port == -1 || (strcmp(words[1], "on") != 0 && strcmp(words[1], "off") != 0)) return 0;
  *service = (struct service){.port = (uint16_t)port, .is_on = words[1][1] == 'n', .socket = -1, .line = line};
  for (int i = 2; i < count; i++) service->argv[i - 2] = words[i];
  return 1;
}

static int is_empty(const char *line) {
  while (isspace((unsigned char)*line)) line++;
  return *line == '\0' || *line == '#';
}

// Returns 0 if the file cannot be read.
static int read_config(const char *path, struct config *into) {
  FILE *file = fopen(path, "re");
  if (file == NULL) return 0;
  char *line = NULL;
  size_t room = 0;
  into->count = 0;
  for (int number = 1; getline(&line, &room, file) != -1; number++) {
    if (is_empty(line)) continue;
    char *copy = checked(strdup(line));
    if (into->count < kMaxServices && parse_line(copy, &into->services[into->count])) {
      into->count++;
    } else {
      fprintf(stderr, "superserver: %s:%d: not a service\n", path, number);
      free(copy);
    }
  }
  const int worked = !ferror(file);
  free(line);
  fclose(file);
  return worked;
}

// --- Sockets.

static int listen_on(uint16_t port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener == -1) return -1;
  const int yes = 1;  // connections of before shall not keep the port
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
      bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, SOMAXCONN) == 0)
    return listener;
  const int reason = errno;
  close(listener);
  errno = reason;
  return -1;
}

// The socket that listens there already, taken from the old configuration.
static int take_socket(struct config *old, uint16_t port) {
  for (int i = 0; i < old->count; i++) {
    const int socket = old->services[i].socket;
    if (socket == -1 || old->services[i].port != port) continue;
    old->services[i].socket = -1;
    return socket;
  }
  return -1;
}

static void open_sockets(struct config *now, struct config *old) {
  for (int i = 0; i < now->count; i++) {
    struct service *service = &now->services[i];
    if (!service->is_on) continue;
    service->socket = take_socket(old, service->port);
    if (service->socket == -1) service->socket = listen_on(service->port);
    if (service->socket == -1) fprintf(stderr, "superserver: port %d: %s\n", service->port, strerror(errno));
  }
}

static void forget(struct config *old) {
  for (int i = 0; i < old->count; i++) {
    if (old->services[i].socket != -1) close(old->services[i].socket);
    free(old->services[i].line);
  }
  old->count = 0;
}

static void reload(const char *path) {
  static struct config next;
  if (!read_config(path, &next)) return complain(path);
  open_sockets(&next, &config);
  forget(&config);
  config = next;
}

static void on_hup(int number) {
  const int before = errno;
  (void)number;
  reload(config_path);
  errno = before;
}

// --- Services.

_Noreturn static void become(const struct service *service, int client) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    if (dup2(client, fd) == -1) _exit(126);
  }
  signal(SIGHUP, SIG_DFL);  // until it is another program it has the handlers too
  signal(SIGTERM, SIG_DFL);
  sigprocmask(SIG_SETMASK, &mask_of_services, NULL);
  execvp(service->argv[0], service->argv);
  complain(service->argv[0]);  // to the client
  _exit(127);
}

static void serve(const struct service *service) {
  const int client = accept4(service->socket, NULL, NULL, SOCK_CLOEXEC);
  if (client == -1) return;  // it left again before its turn came
  const pid_t pid = fork();
  if (pid == 0) become(service, client);
  if (pid == -1) complain("fork");
  else children[child_count++] = pid;
  close(client);
}

static void reap(void) {
  pid_t pid;
  while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
    for (int i = 0; i < child_count; i++) {
      if (children[i] == pid) children[i] = children[--child_count];
    }
  }
}

static void end_services(void) {
  for (int i = 0; i < child_count; i++) kill(children[i], SIGTERM);
  while (wait(NULL) > 0) {
  }
}

// Waits until somebody connects, a service has ended, or a signal comes.
static void wait_and_serve(const sigset_t *while_waiting) {
  struct pollfd waits[kMaxServices];
  for (int i = 0; i < config.count; i++) {
    waits[i] = (struct pollfd){.fd = child_count < kMaxChildren ? config.services[i].socket : -1, .events = POLLIN};
  }
  const int ready = ppoll(waits, (nfds_t)config.count, NULL, while_waiting);
  reap();
  if (ready == -1) return;
  for (int i = 0; i < config.count && child_count < kMaxChildren; i++) {
    if (waits[i].fd != -1 && waits[i].revents != 0) serve(&config.services[i]);
  }
}

static void prepare_signals(sigset_t *while_waiting) {
  sigset_t ours;
  sigemptyset(&ours);
  struct sigaction action = {.sa_handler = on_signal};
  const int signals[] = {SIGTERM, SIGCHLD};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    sigaddset(&ours, signals[i]);
    sigaction(signals[i], &action, NULL);
  }
  sigprocmask(SIG_BLOCK, &ours, &mask_of_services);
  *while_waiting = mask_of_services;
  action.sa_handler = on_hup;
  action.sa_mask = ours;
  sigaction(SIGHUP, &action, NULL);
}

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s CONFIG\n", argv[0]);
    return 2;
  }
  sigset_t while_waiting;
  config_path = argv[1];
  prepare_signals(&while_waiting);
  if (!read_config(argv[1], &config)) {
    complain(argv[1]);
    return 1;
  }
  struct config nothing = {.count = 0};
  open_sockets(&config, &nothing);
  while (!term_came) {
    wait_and_serve(&while_waiting);
  }
  forget(&config);
  end_services();
  return 0;
}
