// sql-dialogue: asks one sqlite3 for the names of clients.
#include <iostream>

int main(int argc, char* argv[]) {
  // 1. A database and at least one number; anything else: a message on stderr, status 2.
  // 2. Two pipes and one child, sqlite3. Draw them: who needs which end, and who closes which?
  // 3. For each number: send the question, a whole line; read the answer, one line; print it.
  // 4. No more questions: how does sqlite3 learn that? And who waits for it?
  (void)argc;
  (void)argv;
  std::cerr << "sql-dialogue: not written yet\n";
  return 1;
}
