// Sends a text to a server, bit by bit; the next bit goes when the one before was answered.
#include <unistd.h>

#include <bitset>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>

int main(int argc, char* argv[]) {
  const std::string_view number = argc == 3 ? argv[1] : "";
  pid_t server = 0;
  const auto [end, error] = std::from_chars(number.begin(), number.end(), server);
  if (error != std::errc{} || end != number.end() || server <= 0) {
    std::cerr << "usage: client PID TEXT\n";
    return 2;
  }
  sigset_t answer;
  sigemptyset(&answer);
  sigaddset(&answer, SIGUSR1);
  sigprocmask(SIG_BLOCK, &answer, nullptr);

  for (const char byte : std::string(argv[2]) + '\0') {
    const std::bitset<8> bits(static_cast<unsigned char>(byte));
    for (size_t i = 8; i-- > 0;) {
      if (kill(server, bits[i] ? SIGUSR2 : SIGUSR1) == -1) {
        std::cerr << "client: " << std::strerror(errno) << '\n';
        return 1;
      }
      int came = 0;
      sigwait(&answer, &came);
    }
  }
}
