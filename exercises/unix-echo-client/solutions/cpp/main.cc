// unix-echo-client PATH: sends each line of its input to the echo server of a UNIX socket and prints what comes back.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace {

[[noreturn]] void Fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

// A connection to a server; closed when it goes out of scope.
class Connection {
 public:
  explicit Connection(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {  // cut, it would be the path of somebody else
      throw std::length_error(path + ": the path is too long for a socket");
    }
    path.copy(address.sun_path, path.size());
    socket_ = socket(AF_UNIX, SOCK_STREAM, 0);
    if (socket_ == -1) Fail("socket");
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return;
    const int reason = errno;
    close(socket_);
    errno = reason;
    Fail(path);
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
  if (argc != 2) {
    std::cerr << "usage: " << argv[0] << " PATH\n";
    return 2;
  }
  try {
    std::cout.exceptions(std::ios::badbit | std::ios::failbit);
    Connection server(argv[1]);
    EchoLines(server);
  } catch (const std::exception& error) {
    std::cerr << "unix-echo-client: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
