// superserver CONFIG: listens on many ports, and starts a command for each connection, as inetd and xinetd do.
//
// Signals are read like everything else, from a signalfd, and posix_spawnp() starts the services: what shall differ
// in the child (0, 1 and 2, no signal blocked) is a list that it is given. All else is closed on exec.
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace {

int Checked(int result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

void Complain(const std::string& what) { std::cerr << "superserver: " << what << std::endl; }

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

// --- The configuration: for each port that is on, a command.

using Command = std::vector<std::string>;
using Config = std::map<std::uint16_t, Command>;

struct Line {
  std::uint16_t port = 0;
  bool is_on = false;
  Command command;
};

std::optional<Line> Parse(const std::string& text) {
  std::istringstream words(text);
  std::string port, state;
  Line line;
  words >> port >> state;
  const char* const last = port.data() + port.size();
  const auto [end, error] = std::from_chars(port.data(), last, line.port);
  for (std::string word; words >> word;) line.command.push_back(word);
  if (error != std::errc{} || end != last || line.port == 0) return std::nullopt;
  if ((state != "on" && state != "off") || line.command.empty()) return std::nullopt;
  line.is_on = state == "on";
  return line;
}

std::optional<Config> Read(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    Complain(path + ": " + std::strerror(errno));
    return std::nullopt;
  }
  Config config;
  int number = 0;
  for (std::string text; std::getline(file, text);) {
    ++number;
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos || text[begin] == '#') continue;
    if (auto line = Parse(text); !line) {
      Complain(path + ":" + std::to_string(number) + ": not a service");
    } else if (line->is_on) {
      config[line->port] = std::move(line->command);
    }
  }
  return config;
}

// --- The server.

Descriptor ListenOn(std::uint16_t port) {
  Descriptor listener(Checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket"));
  const int yes = 1;  // connections of before shall not keep the port
  Checked(setsockopt(listener.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "setsockopt");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Checked(bind(listener.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  Checked(listen(listener.number(), SOMAXCONN), "listen");
  return listener;
}

Descriptor SignalsAsDescriptor() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGHUP, SIGTERM, SIGCHLD}) sigaddset(&signals, number);
  Checked(sigprocmask(SIG_BLOCK, &signals, nullptr), "sigprocmask");
  return Descriptor(Checked(signalfd(-1, &signals, SFD_CLOEXEC), "signalfd"));
}

// Its PID, or nothing if the command cannot be run.
std::optional<pid_t> Spawn(const Command& command, int client) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int number : {0, 1, 2}) posix_spawn_file_actions_adddup2(&files, client, number);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, argv[0], &files, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (error == 0) return pid;
  Complain(command[0] + ": " + std::strerror(error));
  return std::nullopt;
}

class Server {
 public:
  Server(std::string path, Config config) : path_(std::move(path)), signals_(SignalsAsDescriptor()) {
    Take(std::move(config));
  }

  void ServeUntilTerm() {
    while (!term_) {
      std::vector<pollfd> waits{{.fd = signals_.number(), .events = POLLIN, .revents = 0}};
      std::vector<std::uint16_t> ports{0};
      for (const auto& [port, listener] : listeners_) {
        waits.push_back({.fd = listener.number(), .events = POLLIN, .revents = 0});
        ports.push_back(port);
      }
      if (poll(waits.data(), waits.size(), -1) == -1) continue;
      for (std::size_t i = 1; i < waits.size(); ++i) {
        if (waits[i].revents != 0) Serve(ports[i]);
      }
      if (waits[0].revents != 0) HandleSignal();
    }
    listeners_.clear();
    for (const pid_t pid : services_) kill(pid, SIGTERM);
    while (wait(nullptr) > 0) {
    }
  }

 private:
  // Sockets of ports that stay on stay open; what the others served goes on.
  void Take(Config config) {
    config_ = std::move(config);
    std::erase_if(listeners_, [this](const auto& entry) { return !config_.contains(entry.first); });
    for (const auto& [port, command] : config_) {
      try {
        if (!listeners_.contains(port)) listeners_.emplace(port, ListenOn(port));
      } catch (const std::system_error& error) {
        Complain("port " + std::to_string(port) + ": " + error.what());
      }
    }
  }

  void Serve(std::uint16_t port) {
    const Descriptor client(accept4(listeners_.at(port).number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (client.number() == -1) return;  // it left again before its turn came
    if (const auto pid = Spawn(config_.at(port), client.number())) services_.insert(*pid);
  }

  void HandleSignal() {
    signalfd_siginfo info;
    if (read(signals_.number(), &info, sizeof info) != sizeof info) return;
    if (info.ssi_signo == SIGTERM) term_ = true;
    if (info.ssi_signo == SIGHUP) {
      if (auto config = Read(path_)) Take(*std::move(config));
    }
    for (pid_t pid; (pid = waitpid(-1, nullptr, WNOHANG)) > 0;) services_.erase(pid);
  }

  std::string path_;
  Descriptor signals_;
  Config config_;
  std::map<std::uint16_t, Descriptor> listeners_;
  std::set<pid_t> services_;
  bool term_ = false;
};

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 2) {
    std::cerr << "usage: " << argv[0] << " CONFIG\n";
    return 2;
  }
  try {
    auto config = Read(argv[1]);
    if (!config) return 1;
    Server(argv[1], *std::move(config)).ServeUntilTerm();
  } catch (const std::exception& error) {
    Complain(error.what());
    return 1;
  }
  return 0;
}
