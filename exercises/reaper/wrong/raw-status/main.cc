// Prints what waitpid() gives, which is not yet the exit status.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <iostream>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

constexpr int kMost = 200;

volatile sig_atomic_t child_ended = 0;
volatile sig_atomic_t asked = 0;

void TakeNote(int signal_number) {
  if (signal_number == SIGCHLD) child_ended = 1;
  if (signal_number == SIGUSR1) asked = 1;
}

// Lets the signals through for as long as it sleeps, and at no other time.
class SignalGate {
 public:
  SignalGate() {
    struct sigaction action = {};
    action.sa_handler = TakeNote;
    sigset_t ours;
    sigemptyset(&ours);
    for (const int number : {SIGCHLD, SIGUSR1}) {
      sigaction(number, &action, nullptr);
      sigaddset(&ours, number);
    }
    sigprocmask(SIG_BLOCK, &ours, &before_);
  }
  void Sleep() const { sigsuspend(&before_); }

 private:
  sigset_t before_;
};

class Family {
 public:
  // Ends and reaps whoever is still there: an error in the middle leaves nobody behind.
  ~Family() {
    for (const pid_t child : children_) kill(child, SIGKILL);
    while (!children_.empty() && waitpid(-1, nullptr, 0) > 0) {
    }
  }

  void Start(int number) {
    const pid_t child = fork();
    if (child == -1) throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) {
      sleep(static_cast<unsigned>(number));
      _exit(number);
    }
    children_.push_back(child);
  }

  // One SIGCHLD may stand for many that have ended: so until there is no more.
  void ReapEnded() {
    int status = 0;
    for (pid_t child; (child = waitpid(-1, &status, WNOHANG)) > 0;) {
      std::erase(children_, child);
      std::cout << "pid " << child << " status " << status << std::endl;
    }
  }

  size_t size() const { return children_.size(); }

 private:
  std::vector<pid_t> children_;
};

std::optional<int> CountFrom(std::string_view text) {
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (count < 0 || count > kMost) return std::nullopt;
  return count;
}

void Run(int count) {
  const SignalGate gate;
  Family family;
  for (int number = 1; number <= count; ++number) family.Start(number);
  while (family.size() > 0) {
    gate.Sleep();
    if (child_ended) {
      child_ended = 0;
      family.ReapEnded();
    }
    if (asked) {
      asked = 0;
      std::cout << "alive " << family.size() << std::endl;
    }
  }
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::optional<int> count = argc == 2 ? CountFrom(argv[1]) : std::nullopt;
  if (!count) {
    std::cerr << "usage: reaper N, N from 0 to " << kMost << '\n';
    return 2;
  }
  try {
    std::cout.exceptions(std::ios::badbit | std::ios::failbit);
    Run(*count);
  } catch (const std::exception& error) {
    std::cerr << "reaper: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
