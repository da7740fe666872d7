// connection-tuple HOST PORT: connects, and tells who talks to whom.
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace {

// Owns a socket: closed when it goes out of scope, also when something is thrown.
class Socket {
 public:
  explicit Socket(int number) : number_(number) {}
  Socket(Socket&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  ~Socket() {
    if (number_ != -1) close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

[[noreturn]] void Fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

// A host can have several addresses: the first one that answers will do.
Socket Connect(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &first); error != 0) {
    throw std::runtime_error(host + ": " + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(first, &freeaddrinfo);
  for (const addrinfo* a = first; a != nullptr; a = a->ai_next) {
    Socket server(socket(a->ai_family, a->ai_socktype, a->ai_protocol));
    if (server.number() != -1 && connect(server.number(), a->ai_addr, a->ai_addrlen) == 0) return server;
  }
  Fail(host);
}

std::string ToString(const sockaddr_in& address) {
  std::array<char, INET_ADDRSTRLEN> text{};
  inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size());
  return std::string(text.data()) + ":" + std::to_string(ntohs(address.sin_port));
}

// The kernel chose the port of this side in connect(): asked before, it would say 0.
std::string OwnAddress(const Socket& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getsockname(socket.number(), reinterpret_cast<sockaddr*>(&address), &size) == -1) Fail("getsockname");
  return ToString(address);
}

std::string PeerAddress(const Socket& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getpeername(socket.number(), reinterpret_cast<sockaddr*>(&address), &size) == -1) Fail("getpeername");
  return ToString(address);
}

std::string ReadLine(const Socket& server) {
  std::string line;
  while (!line.ends_with('\n')) {
    char byte = 0;
    const ssize_t got = recv(server.number(), &byte, 1, 0);
    if (got == -1) Fail("recv");
    if (got == 0) throw std::runtime_error("the server closed before the line was whole");
    line += byte;
  }
  return line;
}

bool IsPort(std::string_view text) {
  unsigned short number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number != 0;
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 3 || !IsPort(argv[2])) {
    std::cerr << "usage: " << argv[0] << " HOST PORT\n";
    return 2;
  }
  try {
    const Socket server = Connect(argv[1], argv[2]);
    std::cout << OwnAddress(server) << " -> " << PeerAddress(server) << std::endl;
    std::cout << ReadLine(server) << std::flush;
    return std::cout ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "connection-tuple: " << error.what() << '\n';
    return 1;
  }
}
