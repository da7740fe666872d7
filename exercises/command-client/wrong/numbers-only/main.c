// inet_addr() understands numbers only.
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void put(const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written == -1) exit(1);
    bytes += written;
    count -= (size_t)written;
  }
}

// Of the keyboard: lines; of them one is sent, and the next only after the reply.
static char typed[65536];
static size_t typed_length;

static int send_line(int server) {
  const char *end = memchr(typed, '\n', typed_length);
  if (end == NULL) return 0;
  const size_t length = (size_t)(end + 1 - typed);
  if (send(server, typed, length, MSG_NOSIGNAL) == -1) exit(0);
  typed_length -= length;
  memmove(typed, end + 1, typed_length);
  return 1;
}

static void talk(int server) {
  int waiting_for_reply = 0;
  int more_to_come = 1;
  put("$ ", 2);
  while (more_to_come || waiting_for_reply) {
    struct pollfd ready[] = {{server, POLLIN, 0},
                             {more_to_come && !waiting_for_reply ? STDIN_FILENO : -1, POLLIN, 0}};
    poll(ready, 2, -1);
    char piece[1024];
    if (ready[0].revents != 0) {
      const ssize_t count = recv(server, piece, sizeof piece, 0);
      if (count <= 0) return;
      const char *mark = memchr(piece, 4, (size_t)count);
      put(piece, mark != NULL ? (size_t)(mark - piece) : (size_t)count);
      if (mark != NULL) {
        put("$ ", 2);
        waiting_for_reply = send_line(server);
      }
    } else if (ready[1].revents != 0) {
      const ssize_t count = read(STDIN_FILENO, typed + typed_length, sizeof typed - typed_length);
      if (count <= 0) more_to_come = 0;
      if (count > 0) typed_length += (size_t)count;
      waiting_for_reply = send_line(server);
    }
  }
}

int main(int argc, char *argv[]) {
  const size_t digits = argc == 3 ? strspn(argv[2], "0123456789") : 0;
  if (digits == 0 || argv[2][digits] != '\0' || digits > 5 || atoi(argv[2]) > 65535 ||
      atoi(argv[2]) == 0) {
    fprintf(stderr, "usage: command-client HOST PORT\n");
    return 2;
  }
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)atoi(argv[2])),
                                .sin_addr.s_addr = inet_addr(argv[1])};
  const int server = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(server, (struct sockaddr *)&address, sizeof address) == -1) {
    perror("command-client");
    return 1;
  }
  talk(server);
  return 0;
}
