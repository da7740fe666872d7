// A thread for each port, and each prints its line when it has it: the order is that in which they get so far.
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { kTogether = 32, kPatience = 1500 };

static struct in_addr host;

static void *try_port(void *argument) {
  const int port = (int)(intptr_t)argument;
  const struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = host, .sin_port = htons((uint16_t)port)};
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  connect(fd, (const struct sockaddr *)&address, sizeof address);
  struct pollfd probe = {.fd = fd, .events = POLLOUT};
  int error = -1;
  if (poll(&probe, 1, kPatience) == 1) getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &(socklen_t){sizeof error});
  if (error == 0) printf("%d open\n", port);
  close(fd);
  return NULL;
}

int main(int argc, char **argv) {
  int first = 0, last = 0, used1 = 0, used2 = 0;
  if (argc != 4 || sscanf(argv[2], "%d%n", &first, &used1) != 1 || sscanf(argv[3], "%d%n", &last, &used2) != 1 ||
      argv[2][used1] != '\0' || argv[3][used2] != '\0' || first < 1 || first > 65535 || last < 1 || last > 65535) {
    fputs("usage: port-scan HOST FIRST LAST\n", stderr);
    return 2;
  }
  const struct hostent *found = gethostbyname(argv[1]);
  if (found == NULL) {
    herror("port-scan");
    return 1;
  }
  memcpy(&host, found->h_addr_list[0], sizeof host);
  pthread_t threads[kTogether];
  for (int port = first; port <= last; port += kTogether) {
    int count = 0;
    for (; count < kTogether && port + count <= last; count++)
      pthread_create(&threads[count], NULL, try_port, (void *)(intptr_t)(port + count));
    for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
  }
  return 0;
}
