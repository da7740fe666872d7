// echo-client HOST PORT: sends each line of its input to an echo server and prints what comes back.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace {

[[noreturn]] void Fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

// A connection to a server; closed when it goes out of scope.
class Connection {
 public:
  Connection(const std::string& host, const std::string& port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &found); error != 0) {
      throw std::runtime_error(host + ": " + gai_strerror(error));
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, freeaddrinfo);
    for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
      socket_ = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
      if (socket_ == -1) continue;
      if (connect(socket_, address->ai_addr, address->ai_addrlen) == 0) return;
      const int reason = errno;
      close(socket_);
      errno = reason;
    }
    Fail(host);
  }
  ~Connection() { close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      // MSG_NOSIGNAL: a lost connection is an error with a message, not death by SIGPIPE.
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent == -1) Fail("send");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // At least one byte; empty at the end.
  std::string ReceiveSome() {
    std::string piece(4096, '\0');
    const ssize_t got = recv(socket_, piece.data(), piece.size(), 0);
    if (got == -1) Fail("recv");
    piece.resize(static_cast<std::size_t>(got));
    return piece;
  }

  std::string ReceiveLine() {
    std::size_t end;
    while ((end = received_.find('\n')) == std::string::npos) {
      const std::string piece = ReceiveSome();
      if (piece.empty()) throw std::runtime_error("the server closed before the echo was whole");
      received_ += piece;
    }
    std::string line = received_.substr(0, end + 1);
    received_.erase(0, end + 1);
    return line;
  }

  void EndSending() {
    if (shutdown(socket_, SHUT_WR) == -1) Fail("shutdown");
  }

 private:
  int socket_ = -1;
  std::string received_;  // what came after the last line that was asked for
};

bool IsPort(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number >= 1 && number <= 65535;
}

void EchoLines(Connection& server) {
  for (std::string line; std::getline(std::cin, line);) {
    server.Send(line + '\n');  // a last line without newline gets one
    std::cout << server.ReceiveLine() << std::flush;
  }
  server.EndSending();
  while (!server.ReceiveSome().empty()) {
  }
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 3 || !IsPort(argv[2])) {
    std::cerr << "usage: " << argv[0] << " HOST PORT\n";
    return 2;
  }
  try {
    std::cout.exceptions(std::ios::badbit | std::ios::failbit);
    Connection server(argv[1], argv[2]);
    EchoLines(server);
  } catch (const std::exception& error) {
    std::cerr << "echo-client: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
