// SPDX-License-Identifier: MIT
#include "cli/console.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace plumbline::cli {

const char* Version() { return PLUMBLINE_VERSION; }

std::filesystem::path OwnPath() {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::filesystem::path("/proc/self/exe") : path;
}

std::string FromEnvironment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::filesystem::path OwnFolder(const char* variable, const char* usual) {
  const std::string said = FromEnvironment(variable);
  if (!said.empty()) return std::filesystem::path(said) / "plumbline";
  // Accounts of services name a home that does not exist, and it shall not begin to.
  const std::filesystem::path home = FromEnvironment("HOME");
  std::error_code ignored;
  if (!std::filesystem::is_directory(home, ignored)) return {};
  return home / usual / "plumbline";
}

void OpenStandardDescriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest free number is the one that is missing, open(2).
    // What the programs that are started shall have too.
    if (::fcntl(fd, F_GETFD) < 0)
      (void)!::open("/dev/null", O_RDONLY);  // NOLINT(android-cloexec-open)
  }
}

void Print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
void Tell(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }
bool FlushOutput() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

bool ReaderIsGone() {
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&output, 1, 0) == 1 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

ProgressLine::ProgressLine(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() { Show(""); }

void ProgressLine::Show(std::string_view text) {
  // Back to the first column, and clear to the end of the line (console_codes(4)).
  if (shown_) std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(text.size()), text.data());
}

}  // namespace plumbline::cli
