// atoi() takes "7000x" for 7000, and 72536 is 7000 again when it is cut to sixteen bits.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

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
  if (argc != 3) {
    std::cerr << "usage: telnet HOST PORT\n";
    return 2;
  }
  const int server = Connect(argv[1], argv[2]);
  std::thread([server] {
    Copy(0, server);
    shutdown(server, SHUT_WR);
  }).detach();
  Copy(server, 1);
  _exit(0);
}
