// server: prints what comes by signals.
#include <iostream>

int main() {
  // 1. Decide what is done about SIGUSR1 and SIGUSR2. Then, and not before, print the PID.
  // 2. Wait for signals. Each is a bit: which of the two is a 1, and which bit of a byte comes
  // first?
  // 3. Eight bits are a byte. How does the server know that a text is over? Then print it.
  // 4. Who sent the bit, and how does that one learn that it was taken?
  std::cerr << "server: not written yet\n";
  return 1;
}
