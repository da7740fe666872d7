// superserver CONFIG: listens on many ports, and starts a command for each connection.
#include <iostream>

int main() {
  // 1. Check the argument (wrong usage: a message on stderr, exit status 2).
  // 2. Read CONFIG: lines PORT STATE COMMAND ARG... (unreadable: a message on stderr, status 1).
  // 3. Listen on 127.0.0.1 on each port that is on.
  // 4. For each connection: fork, make it 0, 1 and 2, exec the command; wait for those that end.
  // 5. SIGHUP: read CONFIG again. SIGTERM: end the services, exit status 0.
  std::cout << "not written yet\n";
  return 0;
}
