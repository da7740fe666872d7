// Sends the output of `ps ax` to a server, with popen(): a shell starts ps, and the pipe is a
// stream.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

int ConnectTo(const char* host, const char* port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int problem = getaddrinfo(host, port, &wanted, &found); problem != 0)
    throw std::runtime_error(std::string(host) + ": " + gai_strerror(problem));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    const int server = socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
    if (connect(server, one->ai_addr, one->ai_addrlen) == 0) return server;
    close(server);
  }
  throw std::runtime_error(std::string("cannot connect: ") + std::strerror(errno));
}

void SendAll(int server, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(server, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent == -1) throw std::runtime_error(std::strerror(errno));
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

void SendReport(int server) {
  std::FILE* report = popen("ps ax", "r");
  if (report == nullptr) throw std::runtime_error("ps cannot be started");
  char piece[4096];
  size_t count = 0;
  while ((count = std::fread(piece, 1, sizeof piece, report)) > 0) SendAll(server, {piece, count});
  if (pclose(report) != 0) throw std::runtime_error("ps has failed");
}

bool IsPort(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), port);
  return error == std::errc{} && end == text.end() && port >= 1 && port <= 65535;
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 3 || !IsPort(argv[2])) {
    std::cerr << "usage: report-client HOST PORT\n";
    return 2;
  }
  try {
    const int server = ConnectTo(argv[1], argv[2]);
    SendReport(server);
    close(server);
  } catch (const std::runtime_error& error) {
    std::cerr << "report-client: " << error.what() << '\n';
    return 1;
  }
}
