// Stores the reports that clients send. What is written of a report is removed again unless it
// comes to its end.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>

namespace {

int Check(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(Check(descriptor, "socket")) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { close(descriptor_); }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

std::string NameFor(const sockaddr_in& from) {
  const std::time_t now = std::time(nullptr);
  std::ostringstream name;
  name << inet_ntoa(from.sin_addr) << '-' << ntohs(from.sin_port) << '-'
       << std::put_time(std::gmtime(&now), "%Y%m%d-%H%M%S") << ".log";
  return name.str();
}

void Copy(const Socket& client, const std::filesystem::path& path) {
  std::ofstream file(path, std::ios::binary);
  char piece[8192];
  ssize_t count = 0;
  while ((count = Check(static_cast<int>(recv(client.get(), piece, sizeof piece, 0)), "recv")) > 0)
    file.write(piece, count);
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

void ServeOne(const Socket& listener, const std::filesystem::path& directory) {
  sockaddr_in from{};
  socklen_t size = sizeof from;
  const Socket client(accept(listener.get(), reinterpret_cast<sockaddr*>(&from), &size));
  const std::filesystem::path path = directory / NameFor(from);
  try {
    Copy(client, path);
  } catch (...) {
    std::filesystem::remove(path);
    throw;
  }
}

void Run(uint16_t port, const std::filesystem::path& directory) {
  const Socket listener(socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  const int yes = 1;
  Check(setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "setsockopt");
  Check(bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  Check(listen(listener.get(), SOMAXCONN), "listen");
  for (;;) {
    try {
      ServeOne(listener, directory);
    } catch (const std::exception&) {
      // That client's affair: its report is lost, and the next one is served.
    }
  }
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::string_view text = argc == 3 ? argv[1] : "";
  uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), port);
  if (error != std::errc{} || end != text.end() || port == 0) {
    std::cerr << "usage: report-server PORT DIR\n";
    return 2;
  }
  try {
    Run(port, argv[2]);
  } catch (const std::system_error& problem) {
    std::cerr << "report-server: " << problem.what() << '\n';
    return 1;
  }
}
