// Without SO_REUSEADDR: the connections of the server before keep the port for a while.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

namespace {

int Checked(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

// Owns a socket: closed when it goes out of scope.
class Socket {
 public:
  explicit Socket(int number) : number_(number) {}
  Socket(Socket&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  ~Socket() {
    if (number_ != -1) close(number_);
  }
  int number() const { return number_; }

  // False when nobody is there any more; MSG_NOSIGNAL, since SIGPIPE would end all.
  bool Send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent == -1) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

 private:
  int number_;
};

Socket ListenOn(std::uint16_t port) {
  Socket listener(Checked(socket(AF_INET, SOCK_STREAM, 0), "socket"));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  Checked(bind(listener.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  Checked(listen(listener.number(), SOMAXCONN), "listen");
  return listener;
}

constexpr std::size_t kWidth = 72;

// The printing characters of ASCII in a row, and so many of them again that a line can begin at any.
std::string Ring() {
  std::string once;
  for (char c = ' '; c <= '~'; ++c) once += c;
  return once + once.substr(0, kWidth - 1);
}

void Generate(const Socket& client) {
  static const std::string ring = Ring();
  constexpr std::size_t kCharacters = '~' - ' ' + 1;
  for (std::size_t first = 0; client.Send(ring.substr(first, kWidth) + "\r\n"); first = (first + 1) % kCharacters) {
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
  const std::optional<std::uint16_t> port = argc == 2 ? Port(argv[1]) : std::nullopt;
  if (!port) {
    std::cerr << "usage: " << argv[0] << " PORT\n";
    return 2;
  }
  try {
    const Socket listener = ListenOn(*port);
    while (true) {
      const int client = accept(listener.number(), nullptr, nullptr);
      if (client == -1 && (errno == EINTR || errno == ECONNABORTED)) continue;
      std::thread([socket = Socket(Checked(client, "accept"))] { Generate(socket); }).detach();
    }
  } catch (const std::exception& error) {
    std::cerr << "chargen-server: " << error.what() << '\n';
    return 1;
  }
}
