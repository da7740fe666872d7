// Remembers that an echo did not come, but goes on with the next line: the second write to the lost
// connection raises SIGPIPE.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

bool ReadLine(int fd, std::string& line) {
  line.clear();
  char c;
  while (read(fd, &c, 1) == 1) {
    line += c;
    if (c == '\n') return true;
  }
  return false;
}

bool WriteAll(int fd, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = write(fd, text.data() + done, text.size() - done);
    if (n == -1) return false;
    done += n;
  }
  return true;
}

int main(int argc, char** argv) {
  std::size_t used = 0;
  int port = 0;
  try {
    if (argc == 3) port = std::stoi(argv[2], &used);
  } catch (const std::exception&) {
  }
  if (argc != 3 || used != std::strlen(argv[2]) || port < 1 || port > 65535) {
    std::cerr << "usage: echo-client HOST PORT" << std::endl;
    return 2;
  }

  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* address = nullptr;
  if (getaddrinfo(argv[1], argv[2], &hints, &address) != 0) {
    std::cerr << "unknown host " << argv[1] << std::endl;
    return 1;
  }
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, address->ai_addr, address->ai_addrlen) == -1) {
    std::perror("connect");
    return 1;
  }
  freeaddrinfo(address);

  int status = 0;
  std::string line, reply;
  while (std::getline(std::cin, line)) {
    line += '\n';
    if (WriteAll(fd, line) && ReadLine(fd, reply)) {
      std::cout << reply << std::flush;
    } else {
      std::cerr << "no echo for " << line;
      status = 1;
    }
  }
  shutdown(fd, SHUT_WR);
  while (ReadLine(fd, reply)) {
  }
  return status;
}
