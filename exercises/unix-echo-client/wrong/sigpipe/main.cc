// Remembers that an echo did not come, but goes on with the next line: the second write to the lost
// connection raises SIGPIPE.
#include <sys/socket.h>
#include <sys/un.h>
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
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (argc != 2) {
    std::cerr << "usage: unix-echo-client PATH" << std::endl;
    return 2;
  }
  if (std::strlen(argv[1]) >= sizeof address.sun_path) {
    std::cerr << argv[1] << " is too long" << std::endl;
    return 1;
  }
  std::strcpy(address.sun_path, argv[1]);
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == -1) {
    std::perror("connect");
    return 1;
  }

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
