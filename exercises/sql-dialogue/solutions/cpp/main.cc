// Talks with one sqlite3 over two pipes; whatever goes wrong, the pipes are closed and the child is
// reaped.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class Database {
 public:
  explicit Database(const char* path) {
    int questions[2];
    int answers[2];
    // Closed by exec in the child; what dup2() makes there stays open.
    if (pipe2(questions, O_CLOEXEC) == -1 || pipe2(answers, O_CLOEXEC) == -1) fail("pipe");
    child_ = fork();
    if (child_ == -1) fail("fork");
    if (child_ == 0) {
      dup2(questions[0], STDIN_FILENO);
      dup2(answers[1], STDOUT_FILENO);
      execlp("sqlite3", "sqlite3", path, nullptr);
      _exit(127);  // no answer will come: the parent tells
    }
    close(questions[0]);
    close(answers[1]);
    to_ = questions[1];
    from_ = answers[0];
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() {
    close(to_);
    waitpid(child_, nullptr, 0);
    close(from_);
  }

  std::string NameOf(std::string_view number) {
    const std::string question =
        "SELECT name FROM clients WHERE num = " + std::string(number) + ";\n";
    if (write(to_, question.data(), question.size()) == -1) fail("sqlite3");
    return ReadLine();
  }

 private:
  std::string ReadLine() {
    char piece[4096];
    size_t end = 0;
    while ((end = rest_.find('\n')) == std::string::npos) {
      const ssize_t count = read(from_, piece, sizeof piece);
      if (count == -1) fail("read");
      if (count == 0) throw std::runtime_error("sqlite3 gives no answer");
      rest_.append(piece, static_cast<size_t>(count));
    }
    const std::string line = rest_.substr(0, end);
    rest_.erase(0, end + 1);
    return line;
  }

  pid_t child_ = -1;
  int to_ = -1;
  int from_ = -1;
  std::string rest_;  // what was read beyond the last line
};

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::span arguments(argv, static_cast<size_t>(argc));
  if (argc < 3 || !std::ranges::all_of(arguments.subspan(2), IsNumber)) {
    std::cerr << "usage: sql-dialogue DB NUMBER...\n";
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  try {
    Database database(argv[1]);
    for (const char* number : arguments.subspan(2)) {
      const std::string name = database.NameOf(number);
      std::cout << number << ' ' << name << std::endl;
    }
  } catch (const std::exception& error) {
    std::cerr << "sql-dialogue: " << error.what() << '\n';
    return 1;
  }
}
