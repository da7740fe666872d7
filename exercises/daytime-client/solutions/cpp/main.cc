// daytime-client HOST PORT: asks a server for date and time (RFC 867).
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <iostream>
#include <memory>
#include <optional>
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

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Addresses Resolve(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &first);
  if (error != 0) throw std::runtime_error(host + ": " + gai_strerror(error));
  return {first, &freeaddrinfo};
}

// A host can have several addresses: the first one that answers will do.
Socket Connect(const std::string& host, const std::string& port) {
  const Addresses addresses = Resolve(host, port);
  int reason = 0;
  for (const addrinfo* a = addresses.get(); a != nullptr; a = a->ai_next) {
    Socket server(socket(a->ai_family, a->ai_socktype, a->ai_protocol));
    if (server.number() != -1 && connect(server.number(), a->ai_addr, a->ai_addrlen) == 0) return server;
    reason = errno;
  }
  throw std::system_error(reason, std::generic_category(), host);
}

// All that the server says until it closes: one call need not bring all of it.
std::string ReadToEnd(const Socket& server) {
  std::string text;
  std::array<char, 256> piece;
  while (true) {
    const ssize_t got = recv(server.number(), piece.data(), piece.size(), 0);
    if (got == -1 && errno == EINTR) continue;
    if (got == -1) throw std::system_error(errno, std::generic_category(), "recv");
    if (got == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
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
    std::cout << ReadToEnd(Connect(argv[1], argv[2])) << std::flush;
    return std::cout ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "daytime-client: " << error.what() << '\n';
    return 1;
  }
}
