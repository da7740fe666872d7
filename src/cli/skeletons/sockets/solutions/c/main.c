#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  if (argc != 2) {
    fprintf(stderr, "usage: main PORT\n");
    return 2;
  }
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_port = htons((unsigned short)atoi(argv[1]));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
      listen(listener, SOMAXCONN) == -1) {
    perror("listen");
    return 1;
  }
  while (1) {
    const int client = accept(listener, NULL, NULL);
    if (client == -1) continue;
    if (write(client, "hello\n", 6) != 6) perror("write");
    close(client);
  }
}
