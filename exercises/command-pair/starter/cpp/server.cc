// server: runs the lines that clients send.
#include <iostream>

int main(int argc, char* argv[]) {
  // 1. A port; anything else: a message on stderr, status 2.
  // 2. Listen. Who serves a client while another one's command takes an hour?
  // 3. A line: recv() may give half of one, or two. What do you keep, and where?
  // 4. /bin/sh -c runs the line. How do both its outputs get to the client?
  // 5. The command has ended: one byte 4. The client has left: and the server?
  (void)argc;
  (void)argv;
  std::cerr << "server: not written yet\n";
  return 1;
}
