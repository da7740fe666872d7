// daytime-client HOST PORT: asks a server for date and time.
#include <iostream>

int main() {
  // 1. Check the arguments (wrong usage: a message on stderr, exit status 2).
  // 2. Connect to HOST and PORT (getaddrinfo, socket, connect; an error: a message on stderr, status 1).
  // 3. Read the server's line, however many pieces it comes in, and print it.
  std::cout << "not written yet\n";
  return 0;
}
