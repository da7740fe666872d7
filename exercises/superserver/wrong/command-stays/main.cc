// Keeps the command that a port had at first.
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

struct Service {
  int listener = -1;
  std::vector<std::string> command;
};

std::map<int, Service> services;
std::vector<pid_t> children;
int wakeup[2];

void OnSignal(int number) {
  const char byte = static_cast<char>(number);
  if (write(wakeup[1], &byte, 1) != 1) _exit(1);
}

int ListenOn(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int yes = 1;
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == -1 || listen(fd, 50) == -1) {
    std::cerr << port << ": " << std::strerror(errno) << std::endl;
    close(fd);
    return -1;
  }
  return fd;
}

bool Load(const char* path) {
  std::ifstream file(path);
  if (!file) {
    std::cerr << path << ": " << std::strerror(errno) << std::endl;
    return false;
  }
  std::map<int, Service> fresh;
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string port, state, word;
    if (!(words >> port) || port[0] == '#') continue;
    words >> state;
    Service service;
    while (words >> word) service.command.push_back(word);
    char* end = nullptr;
    const long number = std::strtol(port.c_str(), &end, 10);
    if (*end != '\0' || number < 1 || number > 65535 || (state != "on" && state != "off") || service.command.empty()) {
      std::cerr << "bad line: " << line << std::endl;
      continue;
    }
    if (state == "off") continue;
    const auto old = services.find(number);
    if (old != services.end()) {
      service = old->second;
      old->second.listener = -1;
    } else {
      service.listener = ListenOn(number);
    }
    if (service.listener != -1) fresh[number] = service;
  }
  for (const auto& [port, service] : services) {
    if (service.listener != -1) close(service.listener);
  }
  services = fresh;
  return true;
}

void Serve(const Service& service) {
  const int client = accept4(service.listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (client == -1) return;
  sigset_t ours, before;
  sigemptyset(&ours);
  sigaddset(&ours, SIGHUP);
  sigaddset(&ours, SIGTERM);
  sigprocmask(SIG_BLOCK, &ours, &before);
  const pid_t pid = fork();
  if (pid == 0) {
    for (const int number : {SIGHUP, SIGTERM}) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &before, nullptr);
    dup2(client, 0);
    dup2(client, 1);
    dup2(client, 2);
    std::vector<char*> argv;
    for (const std::string& word : service.command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    std::perror(argv[0]);
    _exit(127);
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  close(client);
  children.push_back(pid);
}

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: superserver CONFIG" << std::endl;
    return 2;
  }
  if (pipe2(wakeup, O_CLOEXEC) == -1) return 1;
  struct sigaction action{};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_RESTART;
  for (const int number : {SIGHUP, SIGTERM, SIGCHLD}) sigaction(number, &action, nullptr);
  if (!Load(argv[1])) return 1;
  while (true) {
    std::vector<pollfd> fds{{wakeup[0], POLLIN, 0}};
    std::vector<int> ports{0};
    for (const auto& [port, service] : services) {
      fds.push_back({service.listener, POLLIN, 0});
      ports.push_back(port);
    }
    if (poll(fds.data(), fds.size(), -1) == -1) continue;
    for (std::size_t i = 1; i < fds.size(); ++i) {
      if (fds[i].revents != 0) Serve(services[ports[i]]);
    }
    if (fds[0].revents == 0) continue;
    char number = 0;
    if (read(wakeup[0], &number, 1) != 1) continue;
    if (number == SIGTERM) break;
    if (number == SIGHUP) Load(argv[1]);
    pid_t pid;
    while ((pid = waitpid(-1, nullptr, WNOHANG)) > 0) std::erase(children, pid);
  }
  for (const pid_t pid : children) kill(pid, SIGTERM);
  while (wait(nullptr) > 0) {
  }
  return 0;
}
