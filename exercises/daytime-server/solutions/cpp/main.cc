// daytime-server PORT: tells each client date and time, and closes (RFC 867).
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <ctime>
#include <iomanip>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace {

int Checked(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

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

Socket ListenOn(std::uint16_t port) {
  Socket listener(Checked(socket(AF_INET, SOCK_STREAM, 0), "socket"));
  const int yes = 1;  // who closes first, as this server does, keeps the port for a minute otherwise
  Checked(setsockopt(listener.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "setsockopt");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_ANY);  // the time is no secret
  Checked(bind(listener.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  Checked(listen(listener.number(), SOMAXCONN), "listen");
  return listener;
}

std::string Daytime() {
  const std::time_t now = std::time(nullptr);
  std::ostringstream line;
  line << std::put_time(std::localtime(&now), "%A, %B %d, %Y %H:%M:%S-%Z") << "\r\n";
  return line.str();
}

void Serve(const Socket& client) {
  const std::string line = Daytime();
  // A client that is gone is no reason to end: no SIGPIPE, and nothing to do about an error.
  static_cast<void>(send(client.number(), line.data(), line.size(), MSG_NOSIGNAL));
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
      Serve(Socket(Checked(client, "accept")));
    }
  } catch (const std::exception& error) {
    std::cerr << "daytime-server: " << error.what() << '\n';
    return 1;
  }
}
