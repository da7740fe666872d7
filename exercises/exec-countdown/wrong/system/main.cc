// system() starts a shell and waits for it: no exec of one's own, and the parent does not end.
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>

int main(int argc, char* argv[]) {
  const std::string seconds = argc == 3 ? argv[2] : "";
  if (seconds.empty() || seconds.find_first_not_of("0123456789") != std::string::npos) {
    std::cerr << "usage: exec-countdown PROGRAM SECONDS\n";
    return 2;
  }
  std::cout << getpid() << std::endl;
  if (std::system((std::string(argv[1]) + " " + seconds + "; true").c_str()) == -1) {
    std::cerr << "no shell\n";
    return 1;
  }
}
