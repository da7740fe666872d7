// One read() is taken for one line: a long name comes in pieces.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string>

static char answer[65536];

static bool talk(int to, int from, char** numbers) {
  for (; *numbers != nullptr; ++numbers) {
    const std::string question =
        "SELECT name FROM clients WHERE num = " + std::string(*numbers) + ";\n";
    if (write(to, question.data(), question.size()) == -1) return false;
    const ssize_t count = read(from, answer, sizeof answer);
    if (count <= 0) return false;
    std::cout << *numbers << ' ' << std::string(answer, static_cast<size_t>(count)) << std::flush;
  }
  return true;
}

int main(int argc, char** argv) {
  bool right = argc >= 3;
  for (int i = 2; i < argc; ++i)
    right = right && std::string(argv[i]).find_first_not_of("0123456789") == std::string::npos;
  if (!right) {
    std::cerr << "usage: sql-dialogue DB NUMBER...\n";
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  int questions[2];
  int answers[2];
  if (pipe2(questions, O_CLOEXEC) == -1 || pipe2(answers, O_CLOEXEC) == -1) return 1;
  const pid_t child = fork();
  if (child == -1) {
    std::cerr << "no fork\n";
    return 1;
  }
  if (child == 0) {
    dup2(questions[0], 0);
    dup2(answers[1], 1);
    execlp("sqlite3", "sqlite3", argv[1], nullptr);
    std::cerr << "no sqlite3\n";
    _exit(127);
  }
  close(questions[0]);
  close(answers[1]);
  const bool answered = talk(questions[1], answers[0], argv + 2);
  close(questions[1]);
  waitpid(child, nullptr, 0);
  if (!answered) std::cerr << "no answer\n";
  return answered ? 0 : 1;
}
