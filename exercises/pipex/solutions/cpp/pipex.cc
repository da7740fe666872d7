// pipex INFILE CMD1 CMD2 OUTFILE. Whatever is opened is closed by exec; dup2() makes the copies
// that stay open.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

[[noreturn]] void End(int status, const std::string& what) {
  std::cerr << "pipex: " << what << ": " << std::strerror(errno) << '\n';
  _exit(status);
}

int Open(const char* path, int flags) {
  const int file = open(path, flags | O_CLOEXEC, 0644);
  if (file == -1) End(1, path);
  return file;
}

[[noreturn]] void Become(const std::string& command) {
  std::istringstream stream(command);
  std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
  if (words.empty()) words.emplace_back();
  std::vector<char*> arguments;
  std::ranges::transform(words, std::back_inserter(arguments),
                         [](std::string& word) { return word.data(); });
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  End(errno == ENOENT ? 127 : 126, words[0]);
}

// A child that runs the command with what Input() and Output() give, both called in the child.
template <typename Input, typename Output>
pid_t Start(const char* command, Input input, Output output) {
  const pid_t child = fork();
  if (child == 0) {
    dup2(input(), STDIN_FILENO);
    dup2(output(), STDOUT_FILENO);
    Become(command);
  }
  if (child == -1) std::cerr << "pipex: fork: " << std::strerror(errno) << '\n';
  return child;
}

int Wait(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, 0) == -1) return 1;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc != 5) {
    std::cerr << "usage: pipex INFILE CMD1 CMD2 OUTFILE\n";
    return 2;
  }
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) == -1) End(1, "pipe");
  const pid_t first =
      Start(argv[2], [&] { return Open(argv[1], O_RDONLY); }, [&] { return ends[1]; });
  const pid_t second = Start(
      argv[3], [&] { return ends[0]; },
      [&] { return Open(argv[4], O_WRONLY | O_CREAT | O_TRUNC); });
  close(ends[0]);
  close(ends[1]);
  if (first != -1) Wait(first);
  return second == -1 ? 1 : Wait(second);
}
