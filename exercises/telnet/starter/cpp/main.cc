// telnet HOST PORT: joins its input and output to a server, both ways at once.
#include <iostream>

int main() {
  // 1. Check the arguments (wrong usage: a message on stderr, exit status 2).
  // 2. Connect to HOST and PORT (getaddrinfo, socket, connect; an error: a message on stderr, status 1).
  // 3. Whichever is ready: input to the server, what the server says to the output.
  // 4. At the end of the input: shutdown(); when the server closes: exit status 0.
  std::cout << "not written yet\n";
  return 0;
}
