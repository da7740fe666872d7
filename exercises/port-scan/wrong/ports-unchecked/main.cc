// atoi() takes "7001x" for 7001, and nobody looks whether a port can be.
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

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: port-scan HOST FIRST LAST\n";
    return 2;
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  const hostent* host = gethostbyname(argv[1]);
  if (host == nullptr) {
    std::cerr << argv[1] << ": unknown host\n";
    return 1;
  }
  std::memcpy(&address.sin_addr, host->h_addr_list[0], sizeof address.sin_addr);
  for (int port = std::atoi(argv[2]); port <= std::atoi(argv[3]); ++port) {
    address.sin_port = htons(port);
    if (Connects(address)) std::cout << port << " open\n";
  }
  return 0;
}
