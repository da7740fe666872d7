// unix-echo-server PATH: sends back to every client what it sends, over a UNIX socket.
//
// The handler of SIGTERM removes the socket's file by std::filesystem, which allocates memory, perhaps in the middle
// of a malloc() for the next client.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace {

namespace fs = std::filesystem;

int Checked(int result, const std::string& what) {
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

 private:
  int number_;
};

// A socket that listens at a path.
class Listener {
 public:
  explicit Listener(const std::string& path) : socket_(Checked(::socket(AF_UNIX, SOCK_STREAM, 0), "socket")) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) throw std::length_error(path + ": the path is too long for a socket");
    path.copy(address.sun_path, path.size());
    if (fs::is_socket(path)) fs::remove(path);  // of a server that was killed: bind() does not replace a file
    Checked(bind(socket_.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), path);
    Checked(listen(socket_.number(), SOMAXCONN), "listen");
  }

  Socket Accept() const {
    while (true) {
      const int client = accept(socket_.number(), nullptr, nullptr);
      if (client != -1 || (errno != EINTR && errno != ECONNABORTED)) return Socket(Checked(client, "accept"));
    }
  }

 private:
  Socket socket_;
};

void Echo(const Socket& client) {
  std::array<char, 4096> bytes;
  while (true) {
    const ssize_t got = recv(client.number(), bytes.data(), bytes.size(), 0);
    if (got <= 0) return;
    for (ssize_t done = 0; done < got;) {
      const ssize_t sent =
          send(client.number(), bytes.data() + done, static_cast<std::size_t>(got - done), MSG_NOSIGNAL);
      if (sent == -1) return;
      done += sent;
    }
  }
}

[[noreturn]] void ServeAll(const Listener& listener) {
  while (true) {
    std::thread([client = listener.Accept()] { Echo(client); }).detach();
  }
}

const char* socket_path = nullptr;

void OnTerm(int) {
  fs::remove(socket_path);
  _exit(0);
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 2) {
    std::cerr << "usage: " << argv[0] << " PATH\n";
    return 2;
  }
  try {
    const Listener listener(argv[1]);
    socket_path = argv[1];
    std::signal(SIGTERM, OnTerm);
    std::cout << "listening " << argv[1] << std::endl;
    ServeAll(listener);
  } catch (const std::exception& error) {
    std::cerr << "unix-echo-server: " << error.what() << '\n';
    return 1;
  }
}
