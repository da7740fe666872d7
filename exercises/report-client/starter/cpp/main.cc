// report-client: sends a server the output of ps ax.
#include <iostream>

int main(int argc, char* argv[]) {
  // 1. A host and a port; anything else: a message on stderr, status 2. Connect; if that fails: a
  // message, status 1.
  // 2. A child becomes `ps ax`. Where does its standard output lead?
  // 3. All of it goes down the connection, however much it is. How do you know that it is all?
  // 4. Close. Who waits for the child, and what does its status tell?
  (void)argc;
  (void)argv;
  std::cerr << "report-client: not written yet\n";
  return 1;
}
