// Takes an error of recv() for the end: half a line is fine for it.
#include <netdb.h>
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

int main(int argc, char** argv) {
  if (argc != 3 || !GoodPort(argv[2])) {
    std::cerr << "usage: daytime-client HOST PORT\n";
    return 2;
  }
  const int fd = Connect(argv[1], argv[2]);
  char piece[256];
  ssize_t n;
  while ((n = recv(fd, piece, sizeof piece, 0)) > 0) std::cout.write(piece, n);
  close(fd);
  return 0;
}
