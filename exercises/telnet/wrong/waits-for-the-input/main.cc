// Waits for the thread that reads the input: if nobody types, the program never ends.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

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

void Copy(int from, int to) {
  char buffer[4096];
  ssize_t got;
  while ((got = read(from, buffer, sizeof buffer)) > 0) {
    for (ssize_t done = 0; done < got;) {
      const ssize_t n = write(to, buffer + done, got - done);
      if (n == -1) return;
      done += n;
    }
  }
}

int main(int argc, char** argv) {
  if (argc != 3 || !GoodPort(argv[2])) {
    std::cerr << "usage: telnet HOST PORT\n";
    return 2;
  }
  const int server = Connect(argv[1], argv[2]);
  std::thread typist([server] {
    Copy(0, server);
    shutdown(server, SHUT_WR);
  });
  Copy(server, 1);
  typist.join();
  return 0;
}
