// echo-server PORT: sends back to every client what it sends.
#include <iostream>

int main() {
  // 1. Check the argument (wrong usage: a message on stderr, exit status 2).
  // 2. socket, setsockopt, bind to 127.0.0.1 and PORT, listen (an error: a message on stderr, status 1).
  // 3. Print "listening PORT", and flush it.
  // 4. Serve many clients at a time; end with status 0 on SIGTERM.
  std::cout << "not written yet\n";
  return 0;
}
