// Ends each connection with shutdown(), but never closes its descriptor.
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <thread>

int PortOf(int argc, char** argv) {
  std::size_t used = 0;
  int port = 0;
  try {
    if (argc == 2) port = std::stoi(argv[1], &used);
  } catch (const std::exception&) {
  }
  if (argc != 2 || used != std::strlen(argv[1]) || port < 1 || port > 65535) {
    std::cerr << "usage: echo-server PORT" << std::endl;
    std::exit(2);
  }
  return port;
}

int ListenOn(int port, const char* host) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, host, &address.sin_addr);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == -1 || listen(fd, 100) == -1) {
    std::perror("echo-server");
    std::exit(1);
  }
  return fd;
}

void Serve(int fd) {
  char buffer[2048];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0) {
    for (ssize_t done = 0; done < n;) {
      const ssize_t m = send(fd, buffer + done, n - done, MSG_NOSIGNAL);
      if (m == -1) return;
      done += m;
    }
  }
  shutdown(fd, SHUT_RDWR);
}

int main(int argc, char** argv) {
  const int port = PortOf(argc, argv);
  signal(SIGTERM, [](int) { _exit(0); });
  const int listener = ListenOn(port, "127.0.0.1");
  std::cout << "listening " << port << std::endl;
  while (true) {
    const int fd = accept(listener, nullptr, nullptr);
    if (fd == -1) continue;
    std::thread(Serve, fd).detach();
  }
}
