// The buffer is never emptied: each text begins with those before it.
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string>

namespace {

class Text {
 public:
  void Take(bool bit, pid_t sender) {
    sender_ = sender;
    byte_ = byte_ << 1 | (bit ? 1U : 0U);
    if (++bits_ % 8 != 0) return;
    if ((byte_ & 0xff) != 0) {
      bytes_.push_back(static_cast<char>(byte_));
      return;
    }
    std::cout << bytes_ << std::endl;
  }

  Text() = default;

 private:
  explicit Text(pid_t sender) : sender_(sender) {}

  pid_t sender_ = 0;
  std::string bytes_;
  unsigned byte_ = 0;
  unsigned bits_ = 0;
};

}  // namespace

int main() {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGUSR1);
  sigaddset(&ours, SIGUSR2);
  sigprocmask(SIG_BLOCK, &ours, nullptr);
  const int signals = signalfd(-1, &ours, SFD_CLOEXEC);
  if (signals == -1) {
    std::cerr << "server: no signalfd\n";
    return 1;
  }
  std::cout << getpid() << std::endl;

  Text text;
  signalfd_siginfo came{};
  while (read(signals, &came, sizeof came) == sizeof came) {
    const auto sender = static_cast<pid_t>(came.ssi_pid);
    text.Take(came.ssi_signo == SIGUSR2, sender);
    kill(sender, SIGUSR1);
  }
  return 1;
}
