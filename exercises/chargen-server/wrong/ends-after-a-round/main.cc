// Sends each line of the pattern once, and closes.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

int PortOf(int argc, char** argv) {
  std::size_t used = 0;
  int port = 0;
  try {
    if (argc == 2) port = std::stoi(argv[1], &used);
  } catch (const std::exception&) {
  }
  if (argc != 2 || argv[1][used] != '\0' || port < 1 || port > 65535) {
    std::cerr << "usage: chargen-server PORT\n";
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
    std::perror("chargen-server");
    std::exit(1);
  }
  return fd;
}


void Serve(int client) {
  std::string line(72, ' ');
  for (int first = 0; first < 1000; ++first) {
    for (int i = 0; i < 72; ++i) line[i] = ' ' + (first + i) % 95;
    if (send(client, (line + "\r\n").data(), 74, MSG_NOSIGNAL) != 74) break;
  }
  close(client);
}

int main(int argc, char** argv) {
  const int listener = ListenOn(PortOf(argc, argv));
  while (true) {
    const int client = accept(listener, nullptr, nullptr);
    if (client != -1) std::thread(Serve, client).detach();
  }
}
