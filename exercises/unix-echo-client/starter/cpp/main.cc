// unix-echo-client PATH: sends each line of its input to the echo server of a UNIX socket and prints what comes back.
#include <iostream>

int main() {
  // 1. Check the argument (wrong usage: a message on stderr, exit status 2).
  // 2. Connect to PATH (socket(AF_UNIX), connect; an error: a message on stderr, status 1).
  // 3. For each line of the input: send it, read its whole echo, print it.
  // 4. At the end of the input: shutdown(), read to the end, exit status 0.
  std::cout << "not written yet\n";
  return 0;
}
