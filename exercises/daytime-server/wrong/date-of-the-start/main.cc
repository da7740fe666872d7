// Asks for the time once, when it starts.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>

int PortOf(int argc, char** argv) {
  std::size_t used = 0;
  int port = 0;
  try {
    if (argc == 2) port = std::stoi(argv[1], &used);
  } catch (const std::exception&) {
  }
  if (argc != 2 || argv[1][used] != '\0' || port < 1 || port > 65535) {
    std::cerr << "usage: daytime-server PORT\n";
    std::exit(2);
  }
  return port;
}

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
  const int listener = ListenOn(PortOf(argc, argv));
  const std::time_t now = std::time(nullptr);
  const std::string line = std::ctime(&now);
  while (true) {
    const int client = accept(listener, nullptr, nullptr);
    if (client == -1) continue;
    send(client, line.data(), line.size(), MSG_NOSIGNAL);
    close(client);
  }
}
