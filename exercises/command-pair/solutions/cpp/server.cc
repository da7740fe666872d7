// Runs each line that a client sends: a thread for each client, and poll() over the two pipes of
// its command.
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>

namespace {

int Check(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

void SendAll(int client, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    Check(static_cast<int>(sent), "send");
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

class Command {
 public:
  explicit Command(const std::string& line) {
    int out[2];
    int err[2];
    Check(pipe2(out, O_CLOEXEC), "pipe");
    Check(pipe2(err, O_CLOEXEC), "pipe");
    child_ = Check(fork(), "fork");
    if (child_ == 0) {
      dup2(out[1], STDOUT_FILENO);
      dup2(err[1], STDERR_FILENO);
      execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      _exit(127);
    }
    close(out[1]);
    close(err[1]);
    outputs_[0].fd = out[0];
    outputs_[1].fd = err[0];
  }
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  ~Command() {
    for (const pollfd& output : outputs_)
      if (output.fd != -1) close(output.fd);
    waitpid(child_, nullptr, 0);
  }

  // Whichever output has something, until both have ended.
  void PassOnTo(int client) {
    while (outputs_[0].fd != -1 || outputs_[1].fd != -1) {
      poll(outputs_, 2, -1);
      for (pollfd& output : outputs_)
        if (output.revents != 0) PassOn(output, client);
    }
  }

 private:
  static void PassOn(pollfd& output, int client) {
    char piece[16384];
    const ssize_t count = read(output.fd, piece, sizeof piece);
    if (count > 0) return SendAll(client, {piece, static_cast<size_t>(count)});
    close(output.fd);
    output.fd = -1;  // poll() skips it
    output.revents = 0;
  }

  pid_t child_ = -1;
  pollfd outputs_[2] = {{-1, POLLIN, 0}, {-1, POLLIN, 0}};
};

void Answer(const std::string& line, int client) {
  Command command(line);
  command.PassOnTo(client);
}

void Serve(int client) {
  try {
    std::string rest;
    char piece[4096];
    ssize_t count = 0;
    while ((count = recv(client, piece, sizeof piece, 0)) > 0) {
      rest.append(piece, static_cast<size_t>(count));
      for (size_t end = 0; (end = rest.find('\n')) != std::string::npos; rest.erase(0, end + 1)) {
        Answer(rest.substr(0, end), client);
        SendAll(client, "\x04");
      }
    }
  } catch (const std::system_error&) {
    // The client is gone.
  }
  close(client);
}

int ListenOn(uint16_t port) {
  const int listener = Check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  const int yes = 1;
  Check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "setsockopt");
  Check(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  Check(listen(listener, SOMAXCONN), "listen");
  return listener;
}

}  // namespace

int main(int argc, char* argv[]) {
  uint16_t port = 0;
  const std::string_view text = argc == 2 ? argv[1] : "";
  const auto [end, error] = std::from_chars(text.begin(), text.end(), port);
  if (error != std::errc{} || end != text.end() || port == 0) {
    std::cerr << "usage: server PORT\n";
    return 2;
  }
  try {
    const int listener = ListenOn(port);
    for (;;) {
      const int client = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (client != -1) std::thread(Serve, client).detach();
    }
  } catch (const std::system_error& problem) {
    std::cerr << "server: " << problem.what() << '\n';
    return 1;
  }
}
