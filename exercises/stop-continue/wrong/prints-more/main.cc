// It also prints what nobody has asked for.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <iostream>
#include <string>
#include <system_error>

namespace {

void Check(ssize_t result, const char* what) {
  if (result == -1) throw std::system_error(errno, std::generic_category(), what);
}

[[noreturn]] void TickForEver(int out) {
  for (;;) {
    Check(write(out, "tick\n", 5), "write");
    sleep(1);
  }
}

void PassOnLine(int in) {
  std::string line;
  for (char byte = 0; byte != '\n'; line += byte) {
    const ssize_t got = read(in, &byte, 1);
    Check(got, "read");
    if (got == 0) throw std::runtime_error("the child has gone");
  }
  std::cout << line << std::flush;
}

class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  void Send(int signal_number) const { Check(kill(pid_, signal_number), "kill"); }
  // The next news of it: its end, or what `options` asks for besides.
  int NextStatus(int options) const {
    int status = 0;
    Check(waitpid(pid_, &status, options), "waitpid");
    return status;
  }

 private:
  pid_t pid_;
};

void Run() {
  int ends[2];
  Check(pipe(ends), "pipe");
  const pid_t pid = fork();
  Check(pid, "fork");
  if (pid == 0) {
    close(ends[0]);
    TickForEver(ends[1]);
  }
  close(ends[1]);
  const Child child(pid);
  std::cout << "child " << pid << std::endl;

  PassOnLine(ends[0]);
  PassOnLine(ends[0]);
  child.Send(SIGSTOP);
  if (WIFSTOPPED(child.NextStatus(WUNTRACED))) std::cout << "stopped" << std::endl;
  child.Send(SIGCONT);
  if (WIFCONTINUED(child.NextStatus(WCONTINUED))) std::cout << "continued" << std::endl;
  child.Send(SIGTERM);
  const int status = child.NextStatus(0);
  if (WIFSIGNALED(status)) std::cout << "killed by " << WTERMSIG(status) << std::endl;
}

}  // namespace

int main() {
  try {
    std::cout.exceptions(std::ios::badbit | std::ios::failbit);
    Run();
  } catch (const std::exception& error) {
    std::cerr << "stop-continue: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
