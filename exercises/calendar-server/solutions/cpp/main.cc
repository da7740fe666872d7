// A daemon that gives each client a calendar. Clients and signals are waited for together: signals
// come through a descriptor.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

int Check(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

std::optional<int> NumberFrom(std::string_view text, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
  if (error != std::errc{} || end != text.end() || number < 1 || number > most) return {};
  return number;
}

int ThisYear() {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return static_cast<int>(std::chrono::year_month_day(today).year());
}

int ListenOn(int port) {
  const int listener = Check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  const int yes = 1;
  Check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "setsockopt");
  Check(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  Check(listen(listener, SOMAXCONN), "listen");
  return listener;
}

class Server {
 public:
  Server(int listener, int year) : listener_(listener), year_(std::to_string(year)) {
    sigemptyset(&signals_);
    for (const int number : {SIGUSR1, SIGUSR2, SIGTERM}) sigaddset(&signals_, number);
    Check(sigprocmask(SIG_BLOCK, &signals_, &usual_), "sigprocmask");
  }

  void Run() {
    const int signals = Check(signalfd(-1, &signals_, SFD_CLOEXEC), "signalfd");
    for (;;) {
      pollfd waiting[] = {{signals, POLLIN, 0}, {listener_, POLLIN, 0}};
      poll(waiting, 2, -1);
      signalfd_siginfo came{};
      if (waiting[0].revents != 0 && read(signals, &came, sizeof came) > 0)
        return Report(static_cast<int>(came.ssi_signo));
      if (waiting[1].revents != 0) AcceptOne();
    }
  }

 private:
  void AcceptOne() {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    const int client =
        accept4(listener_, reinterpret_cast<sockaddr*>(&address), &size, SOCK_CLOEXEC);
    if (client == -1) return;
    clients_.push_back(std::string(inet_ntoa(address.sin_addr)) + ":" +
                       std::to_string(ntohs(address.sin_port)));
    const pid_t child = fork();
    if (child == 0) {
      sigprocmask(SIG_SETMASK, &usual_, nullptr);
      dup2(client, STDOUT_FILENO);
      execlp("cal", "cal", year_.c_str(), nullptr);
      _exit(127);
    }
    close(client);
    if (child > 0) waitpid(child, nullptr, 0);
  }

  void Report(int signal_number) const {
    if (signal_number != SIGUSR2)
      for (const std::string& client : clients_) std::cout << client << '\n';
    if (signal_number != SIGUSR1) std::cout << clients_.size() << '\n';
  }

  int listener_;
  std::string year_;
  sigset_t signals_{};
  sigset_t usual_{};
  std::vector<std::string> clients_;
};

}  // namespace

int main(int argc, char* argv[]) {
  const auto port = argc == 2 || argc == 3 ? NumberFrom(argv[1], 65535) : std::nullopt;
  const auto year = argc == 3 ? NumberFrom(argv[2], 9999) : std::optional(ThisYear());
  if (!port || !year) {
    std::cerr << "usage: calendar-server PORT [YEAR]\n";
    return 2;
  }
  try {
    Server server(ListenOn(*port), *year);
    if (Check(fork(), "fork") > 0) return 0;
    setsid();
    server.Run();
  } catch (const std::system_error& error) {
    std::cerr << "calendar-server: " << error.what() << '\n';
    return 1;
  }
}
