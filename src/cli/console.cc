// SPDX-License-Identifier: MIT
#include "cli/console.h"

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

void Print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
void Tell(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }
bool FlushOutput() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

ProgressLine::ProgressLine(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() { Show(""); }

void ProgressLine::Show(std::string_view text) {
  // Back to the first column, and clear to the end of the line (console_codes(4)).
  if (shown_) std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(text.size()), text.data());
}

}  // namespace plumbline::cli
