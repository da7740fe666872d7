// SPDX-License-Identifier: MIT
#include "report/options.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace plumbline::report {
namespace {

constexpr int kDefaultWidth = 80;
constexpr int kNarrowest = 40;

bool IsSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

bool WantsColour(const std::string& when, int fd) {
  if (when == "always") return true;
  if (when == "never") return false;
  if (IsSet("NO_COLOR")) return false;
  const char* force = std::getenv("FORCE_COLOR");
  if (force != nullptr && *force != '\0') return std::string_view(force) != "0";
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return !dumb && ::isatty(fd) == 1;
}

int WidthOf(int fd) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return std::max<int>(size.ws_col, kNarrowest);
  const char* columns = std::getenv("COLUMNS");
  const int width = columns == nullptr ? 0 : std::atoi(columns);
  return width > 0 ? std::max(width, kNarrowest) : kDefaultWidth;
}

}  // namespace plumbline::report
