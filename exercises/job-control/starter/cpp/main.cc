// job-control: ticks, stops, goes on, says goodbye.
#include <iostream>

int main() {
  // 1. Decide how SIGTSTP (Ctrl-Z) and SIGINT (Ctrl-C) reach the program.
  // 2. Print "tick N" once a second.
  // 3. SIGTSTP: print "paused", stop yourself; when it goes on, print "resumed".
  // 4. SIGINT: print "bye N" and end with status 0.
  std::cerr << "job-control: not written yet\n";
  return 1;
}
