// A small shell with jobs. It waits for what it has put in the foreground, and looks after the
// others before each line.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr int kNotForTheShell[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};

struct Job {
  pid_t group = 0;
  std::string line;
  bool stopped = false;
};

using Words = std::vector<std::string>;

std::optional<int> NumberIn(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
  if (error != std::errc{} || end != text.end()) return {};
  return number;
}

[[noreturn]] void Become(Words words) {
  for (const int number : kNotForTheShell) std::signal(number, SIG_DFL);
  std::vector<char*> arguments;
  std::ranges::transform(words, std::back_inserter(arguments),
                         [](std::string& word) { return word.data(); });
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  std::cerr << "minishell: " << words[0] << ": " << std::strerror(errno) << '\n';
  _exit(127);
}

class Shell {
 public:
  Shell() : on_terminal_(isatty(STDIN_FILENO) == 1) {
    for (const int number : kNotForTheShell) std::signal(number, SIG_IGN);
  }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  ~Shell() {
    for (const auto& [number, job] : jobs_) {
      kill(-job.group, SIGHUP);
      kill(-job.group, SIGCONT);
    }
  }

  // False: that was the last line.
  bool Run(const std::string& line) {
    NoteOthers();
    std::istringstream stream(line);
    Words words{std::istream_iterator<std::string>(stream), {}};
    const bool in_background = !words.empty() && words.back() == "&";
    if (in_background) words.pop_back();
    if (words.empty()) return true;
    if (words[0] == "quit") return false;
    if (words[0] == "jobs") {
      List();
    } else if (words[0] == "bg" || words[0] == "fg") {
      GoOn(words.size() > 1 ? words[1] : "", words[0] == "fg");
    } else {
      Start(words, line, !in_background);
    }
    return true;
  }

  void Prompt() const {
    if (on_terminal_) std::cout << "> ";
    std::cout << std::flush;
  }

 private:
  using Place = std::map<int, Job>::iterator;

  Place OfGroup(pid_t group) {
    return std::ranges::find_if(jobs_,
                                [&](const auto& entry) { return entry.second.group == group; });
  }

  void Start(const Words& words, const std::string& line, bool in_foreground) {
    const pid_t child = fork();
    if (child == -1) {
      std::cerr << "minishell: fork: " << std::strerror(errno) << '\n';
      return;
    }
    if (child == 0) {
      setpgid(0, 0);
      if (in_foreground) GiveTerminalTo(getpid());
      Become(words);
    }
    setpgid(child, child);
    const int number = jobs_.empty() ? 1 : jobs_.rbegin()->first + 1;
    const Place job = jobs_.emplace(number, Job{child, line}).first;
    if (in_foreground) return WaitFor(job);
    std::cout << '[' << number << "] (" << child << ") " << line << '\n';
  }

  void GoOn(const std::string& name, bool in_foreground) {
    const auto number = NumberIn(std::string_view(name).substr(name.starts_with('%') ? 1 : 0));
    const Place job = !number                 ? jobs_.end()
                      : name.starts_with('%') ? jobs_.find(*number)
                                              : OfGroup(*number);
    if (job == jobs_.end()) {
      std::cerr << "minishell: no such job: '" << name << "'\n";
      return;
    }
    job->second.stopped = false;
    if (in_foreground) {
      GiveTerminalTo(job->second.group);
    } else {
      std::cout << '[' << job->first << "] (" << job->second.group << ") " << job->second.line
                << '\n';
    }
    kill(-job->second.group, SIGCONT);
    if (in_foreground) WaitFor(job);
  }

  void List() const {
    for (const auto& [number, job] : jobs_)
      std::cout << '[' << number << "] (" << job.group << ") "
                << (job.stopped ? "Stopped " : "Running ") << job.line << '\n';
  }

  void WaitFor(Place job) {
    int status = 0;
    GiveTerminalTo(job->second.group);
    waitpid(job->second.group, &status, WUNTRACED);
    GiveTerminalTo(getpgrp());
    Note(job, status);
  }

  void NoteOthers() {
    int status = 0;
    for (pid_t child = 0; (child = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0;)
      if (const Place job = OfGroup(child); job != jobs_.end()) Note(job, status);
    std::cout << std::flush;  // before anything else is printed, and before fork() makes a copy of it
  }

  void Note(Place job, int status) {
    const auto say = [&](const char* what, int number) {
      std::cout << "Job [" << job->first << "] (" << job->second.group << ") " << what
                << " by signal " << number << '\n';
    };
    if (WIFSTOPPED(status)) {
      job->second.stopped = true;
      say("stopped", WSTOPSIG(status));
      return;
    }
    if (WIFSIGNALED(status)) say("terminated", WTERMSIG(status));
    jobs_.erase(job);
  }

  void GiveTerminalTo(pid_t group) const {
    if (on_terminal_) tcsetpgrp(STDIN_FILENO, group);
  }

  bool on_terminal_;
  std::map<int, Job> jobs_;
};

}  // namespace

int main() {
  Shell shell;
  std::string line;
  while (shell.Prompt(), std::getline(std::cin, line)) {
    if (!shell.Run(line)) break;
  }
}
