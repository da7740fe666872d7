// connection-tuple HOST PORT: connects, and tells who talks to whom.
#include <iostream>

int main() {
  // 1. Check the arguments (wrong usage: a message on stderr, exit status 2).
  // 2. Connect to HOST and PORT over IPv4 (getaddrinfo, socket, connect; an error: a message on stderr, status 1).
  // 3. Print "SRC_IP:SRC_PORT -> DST_IP:DST_PORT" (getsockname, getpeername), and flush it.
  // 4. Read a line from the connection, print it, exit status 0.
  std::cout << "not written yet\n";
  return 0;
}
