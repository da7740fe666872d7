// telnet HOST PORT: joins its input and output to a server, both ways at once.
//
// A thread for each direction: each may wait as long as it likes, and does not hold up the other.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>

namespace {

[[noreturn]] void Fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

int Connect(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  if (const int error = getaddrinfo(host.c_str(), port.c_str(), &hints, &first); error != 0) {
    throw std::runtime_error(host + ": " + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(first, &freeaddrinfo);
  for (const addrinfo* a = first; a != nullptr; a = a->ai_next) {
    const int server = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
    if (server == -1) continue;
    if (connect(server, a->ai_addr, a->ai_addrlen) == 0) return server;
    const int reason = errno;
    close(server);
    errno = reason;
  }
  Fail(host);
}

// read() and write() on plain descriptors: nothing waits in a buffer of this program.
std::string_view ReadSome(int from, std::array<char, 8192>& buffer) {
  const ssize_t got = read(from, buffer.data(), buffer.size());
  if (got == -1) Fail("read");
  return {buffer.data(), static_cast<std::size_t>(got)};
}

void SendAll(int server, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(server, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent == -1) Fail("send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void WriteAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written == -1) Fail("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// In a thread of its own; what goes wrong here (the server has gone) the other direction sees as well.
void Type(int server) {
  try {
    std::array<char, 8192> buffer;
    for (auto bytes = ReadSome(STDIN_FILENO, buffer); !bytes.empty(); bytes = ReadSome(STDIN_FILENO, buffer)) {
      SendAll(server, bytes);
    }
    shutdown(server, SHUT_WR);
  } catch (const std::system_error&) {
  }
}

void Listen(int server) {
  std::array<char, 8192> buffer;
  for (auto bytes = ReadSome(server, buffer); !bytes.empty(); bytes = ReadSome(server, buffer)) WriteAll(bytes);
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
    const int server = Connect(argv[1], argv[2]);
    std::thread(Type, server).detach();
    Listen(server);
  } catch (const std::exception& error) {
    std::cerr << "telnet: " << error.what() << '\n';
    std::_Exit(1);
  }
  std::_Exit(0);  // the other thread may be waiting for input for ever; _Exit() does not wait for it
}
