// client: sends a text by signals.
#include <iostream>

int main(int argc, char* argv[]) {
  // 1. A PID above 0 and a text; anything else: a message on stderr, status 2.
  // 2. For each byte, for each bit: send SIGUSR1 or SIGUSR2. If there is no such process: a
  // message, status 1.
  // 3. When may the next bit go? And if the answer comes before you wait for it?
  (void)argc;
  (void)argv;
  std::cerr << "client: not written yet\n";
  return 1;
}
