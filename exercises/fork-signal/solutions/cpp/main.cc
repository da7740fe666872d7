// The signals are blocked before fork() and read from a descriptor: a signalfd is like any other
// file to wait for.
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <system_error>

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void answer(int signals) {
  signalfd_siginfo came{};
  while (read(signals, &came, sizeof came) == sizeof came) {
    if (came.ssi_signo == SIGUSR2) break;
    std::cout << "hola radiola" << std::endl;
  }
  std::cout << "adeu andreu" << std::endl;
}

void run() {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGUSR1);
  sigaddset(&ours, SIGUSR2);
  if (sigprocmask(SIG_BLOCK, &ours, nullptr) == -1) fail("sigprocmask");
  const int signals = signalfd(-1, &ours, SFD_CLOEXEC);
  if (signals == -1) fail("signalfd");

  const pid_t child = fork();
  if (child == -1) fail("fork");
  if (child == 0) return answer(signals);
  std::cout << child << std::endl;
}

}  // namespace

int main() {
  try {
    run();
  } catch (const std::system_error& error) {
    std::cerr << "fork-signal: " << error.what() << '\n';
    return 1;
  }
}
