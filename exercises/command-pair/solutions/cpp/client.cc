// Sends lines to a shell at a distance and prints the replies.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

class Connection {
 public:
  Connection(const char* host, const char* port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int problem = getaddrinfo(host, port, &wanted, &found); problem != 0)
      throw std::runtime_error(std::string(host) + ": " + gai_strerror(problem));
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
      socket_ = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
      if (connect(socket_, one->ai_addr, one->ai_addrlen) == 0) return;
      close(socket_);
    }
    throw std::runtime_error(std::string("cannot connect: ") + std::strerror(errno));
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { close(socket_); }

  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent == -1) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }

  // Prints a reply. False: the server has closed.
  bool PrintReply() {
    char piece[4096];
    ssize_t count = 0;
    while ((count = recv(socket_, piece, sizeof piece, 0)) > 0) {
      const std::string_view came(piece, static_cast<size_t>(count));
      const size_t mark = came.find('\x04');
      std::cout << came.substr(0, mark);
      if (mark != std::string_view::npos) return true;
    }
    return false;
  }

 private:
  int socket_ = -1;
};

bool IsPort(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), port);
  return error == std::errc{} && end == text.end() && port >= 1 && port <= 65535;
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 3 || !IsPort(argv[2])) {
    std::cerr << "usage: client HOST PORT\n";
    return 2;
  }
  try {
    Connection server(argv[1], argv[2]);
    std::string line;
    while (std::cout << "$ " << std::flush, std::getline(std::cin, line)) {
      if (!server.Send(line + "\n") || !server.PrintReply()) break;
    }
  } catch (const std::runtime_error& error) {
    std::cerr << "client: " << error.what() << '\n';
    return 1;
  }
}
