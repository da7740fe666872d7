// port-scan HOST FIRST LAST: tells which TCP ports of a host are open.
//
// One port after the other. SO_SNDTIMEO limits how long connect() may wait; else that is TCP's business, and minutes.
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace {

constexpr timeval kPatience{.tv_sec = 1, .tv_usec = 0};  // that a port has to answer

[[noreturn]] void Fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

// A socket that is closed when it goes out of scope, whatever came of it.
class Prober {
 public:
  Prober() : number_(socket(AF_INET, SOCK_STREAM, 0)) {
    if (number_ == -1) Fail("socket");
    if (setsockopt(number_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience) == -1) Fail("setsockopt");
  }
  Prober(const Prober&) = delete;
  Prober& operator=(const Prober&) = delete;
  ~Prober() { close(number_); }

  bool Reaches(const sockaddr_in& address) const {
    return connect(number_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }

 private:
  int number_;
};

sockaddr_in AddressOf(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  if (const int error = getaddrinfo(host.c_str(), nullptr, &hints, &first); error != 0) {
    throw std::runtime_error(host + ": " + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(first, &freeaddrinfo);
  sockaddr_in address;
  std::memcpy(&address, first->ai_addr, sizeof address);
  return address;
}

void Scan(sockaddr_in host, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t port = first; port <= last; ++port) {
    host.sin_port = htons(static_cast<std::uint16_t>(port));
    if (Prober().Reaches(host)) std::cout << port << " open\n";
  }
}

std::optional<std::uint16_t> Port(std::string_view text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

}  // namespace

int main(int argc, char* argv[]) {
  const auto first = argc == 4 ? Port(argv[2]) : std::nullopt;
  const auto last = argc == 4 ? Port(argv[3]) : std::nullopt;
  if (!first || !last) {
    std::cerr << "usage: " << argv[0] << " HOST FIRST LAST\n";
    return 2;
  }
  try {
    Scan(AddressOf(argv[1]), *first, *last);
  } catch (const std::exception& error) {
    std::cerr << "port-scan: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
