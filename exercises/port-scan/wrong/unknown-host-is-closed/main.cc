// An unknown host has no open port, and nobody is told why.
#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>

bool Connects(const sockaddr_in& address) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const timeval limit{1, 0};
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const bool connected = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return connected;
}

int PortOf(const std::string& text) {
  std::size_t used = 0;
  int port = 0;
  try {
    port = std::stoi(text, &used);
  } catch (const std::exception&) {
  }
  if (used != text.size() || port < 1 || port > 65535) {
    std::cerr << text << " is not a port\n";
    std::exit(2);
  }
  return port;
}

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: port-scan HOST FIRST LAST\n";
    return 2;
  }
  const int first = PortOf(argv[2]);
  const int last = PortOf(argv[3]);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  const hostent* host = gethostbyname(argv[1]);
  if (host != nullptr) std::memcpy(&address.sin_addr, host->h_addr_list[0], sizeof address.sin_addr);
  for (int port = first; host != nullptr && port <= last; ++port) {
    address.sin_port = htons(port);
    if (Connects(address)) std::cout << port << " open\n";
  }
  return 0;
}
