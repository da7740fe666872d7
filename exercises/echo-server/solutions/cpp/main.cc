// echo-server PORT: sends back to every client what it sends.
//
// One thread waits with epoll for everything at once: the listening socket, each client, and SIGTERM, which
// a signalfd turns into something to read.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace {

int Checked(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

// Owns a descriptor: closed when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ != -1) close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

Descriptor ListenOn(std::uint16_t port) {
  Descriptor listener(Checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket"));
  const int yes = 1;  // connections of an earlier server, in TIME_WAIT, shall not keep the port
  Checked(setsockopt(listener.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "setsockopt");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Checked(bind(listener.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  Checked(listen(listener.number(), SOMAXCONN), "listen");
  return listener;
}

Descriptor TermAsDescriptor() {
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  Checked(sigprocmask(SIG_BLOCK, &term, nullptr), "sigprocmask");
  return Descriptor(Checked(signalfd(-1, &term, SFD_CLOEXEC), "signalfd"));
}

class Client {
 public:
  explicit Client(Descriptor socket) : socket_(std::move(socket)) {}

  int socket() const { return socket_.number(); }

  // Reads only when all that was read before has gone back: what a client does not read stays with it.
  std::uint32_t WaitsFor() const { return unsent_.empty() ? EPOLLIN : EPOLLOUT; }

  // False when the client has left, in whatever way.
  bool Serve() {
    if (unsent_.empty()) {
      std::array<char, 16384> piece;
      const ssize_t got = recv(socket(), piece.data(), piece.size(), 0);
      if (got == -1) return IsTemporary();
      if (got == 0) return false;
      unsent_.assign(piece.data(), static_cast<std::size_t>(got));
    }
    const ssize_t sent = send(socket(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
    if (sent == -1) return IsTemporary();
    unsent_.erase(0, static_cast<std::size_t>(sent));
    return true;
  }

 private:
  static bool IsTemporary() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

  Descriptor socket_;
  std::string unsent_;
};

class Server {
 public:
  explicit Server(std::uint16_t port)
      : term_(TermAsDescriptor()), listener_(ListenOn(port)), events_(Checked(epoll_create1(EPOLL_CLOEXEC), "epoll")) {
    Watch(EPOLL_CTL_ADD, term_.number(), EPOLLIN);
    Watch(EPOLL_CTL_ADD, listener_.number(), EPOLLIN);
  }

  void ServeUntilTerm() {
    while (true) {
      epoll_event event;
      const int count = epoll_wait(events_.number(), &event, 1, -1);
      if (count == -1 && errno == EINTR) continue;
      Checked(count, "epoll_wait");
      if (event.data.fd == term_.number()) return;
      if (event.data.fd == listener_.number()) {
        Accept();
      } else {
        Serve(clients_.at(event.data.fd));
      }
    }
  }

 private:
  void Watch(int operation, int descriptor, std::uint32_t what) {
    epoll_event event{};
    event.events = what;
    event.data.fd = descriptor;
    Checked(epoll_ctl(events_.number(), operation, descriptor, &event), "epoll_ctl");
  }

  void Accept() {
    const int number = accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (number == -1) {
      // Out of descriptors: leave the others in the queue until a client goes away.
      if (errno == EMFILE || errno == ENFILE) Watch(EPOLL_CTL_MOD, listener_.number(), 0);
      return;
    }
    Watch(EPOLL_CTL_ADD, number, EPOLLIN);
    clients_.emplace(number, Client(Descriptor(number)));
  }

  void Serve(Client& client) {
    const std::uint32_t waited_for = client.WaitsFor();
    if (!client.Serve()) {
      clients_.erase(client.socket());
      Watch(EPOLL_CTL_MOD, listener_.number(), EPOLLIN);
    } else if (client.WaitsFor() != waited_for) {
      Watch(EPOLL_CTL_MOD, client.socket(), client.WaitsFor());
    }
  }

  Descriptor term_;
  Descriptor listener_;
  Descriptor events_;
  std::map<int, Client> clients_;
};

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
    Server server(*port);
    std::cout << "listening " << *port << std::endl;
    server.ServeUntilTerm();
  } catch (const std::exception& error) {
    std::cerr << "echo-server: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
