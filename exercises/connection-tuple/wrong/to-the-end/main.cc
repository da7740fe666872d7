// Reads until the server closes: this one does not.
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

bool GoodPort(const char* text) {
  char* end = nullptr;
  const long port = std::strtol(text, &end, 10);
  return *end == '\0' && port >= 1 && port <= 65535;
}

int Connect(const char* host, const char* port) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* result = nullptr;
  const int error = getaddrinfo(host, port, &hints, &result);
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
  if (argc != 3 || !GoodPort(argv[2])) {
    std::cerr << "usage: connection-tuple HOST PORT\n";
    return 2;
  }
  const int fd = Connect(argv[1], argv[2]);
  sockaddr_in here{}, there{};
  socklen_t size = sizeof here;
  getsockname(fd, reinterpret_cast<sockaddr*>(&here), &size);
  getpeername(fd, reinterpret_cast<sockaddr*>(&there), &size);
  std::cout << Show(here) << " -> " << Show(there) << std::endl;
  std::string text;
  char piece[256];
  ssize_t n;
  while ((n = recv(fd, piece, sizeof piece, 0)) > 0) text.append(piece, n);
  std::cout << text;
  return 0;
}
