// atoi() takes "7000x" for 7000, and 72536 is 7000 again when it is cut to sixteen bits.
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

int Connect(const char* host, const char* port) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  const std::string number = std::to_string(static_cast<unsigned short>(std::atoi(port)));
  addrinfo* result = nullptr;
  const int error = getaddrinfo(host, number.c_str(), &hints, &result);
  if (error != 0) {
    std::cerr << host << ": " << gai_strerror(error) << "\n";
    std::exit(1);
  }
  const int fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  if (connect(fd, result->ai_addr, result->ai_addrlen) == -1) {
    std::perror("connect");
    std::exit(1);
  }
  freeaddrinfo(result);
  return fd;
}

std::string Show(const sockaddr_in& address) {
  return std::string(inet_ntoa(address.sin_addr)) + ":" + std::to_string(ntohs(address.sin_port));
}

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: connection-tuple HOST PORT\n";
    return 2;
  }
  const int fd = Connect(argv[1], argv[2]);
  sockaddr_in here{}, there{};
  socklen_t size = sizeof here;
  getsockname(fd, reinterpret_cast<sockaddr*>(&here), &size);
  getpeername(fd, reinterpret_cast<sockaddr*>(&there), &size);
  std::cout << Show(here) << " -> " << Show(there) << std::endl;
  char c = 0;
  while (c != '\n' && recv(fd, &c, 1, 0) == 1) std::cout << c;
  std::cout << std::flush;
  return 0;
}
