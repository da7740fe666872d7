// The child prints its PID itself, and then becomes PROGRAM: exec changes the program, not the
// process.
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>
#include <string_view>

int main(int argc, char* argv[]) {
  const std::string_view seconds = argc == 3 ? argv[2] : "";
  if (seconds.empty() || seconds.find_first_not_of("0123456789") != std::string_view::npos) {
    std::cerr << "usage: exec-countdown PROGRAM SECONDS\n";
    return 2;
  }
  const pid_t child = fork();
  if (child == -1) {
    std::cerr << "exec-countdown: fork: " << std::strerror(errno) << '\n';
    return 1;
  }
  if (child > 0) return 0;

  std::cout << getpid() << std::endl;  // flushed: exec throws away what is still kept
  execv(argv[1], argv + 1);
  std::cerr << "exec-countdown: " << argv[1] << ": " << std::strerror(errno) << '\n';
  _exit(1);
}
