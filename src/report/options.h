// SPDX-License-Identifier: MIT
// How a grade is to be told: in which language, to whom, on what.
#pragma once

#include <string>

namespace plumbline::report {

struct ReportOptions {
  enum class Audience { kStudent, kTeacher };

  std::string lang = "en";  // of texts for people: ca, es, en
  Audience audience = Audience::kStudent;
  bool colour = false;
  int width = 80;  // columns; lines are broken at words. 0: never broken
};

// `colour` for a report that goes to descriptor `fd`: "always", "never", or "auto", which is a
// terminal without NO_COLOR, or FORCE_COLOR (no-color.org). Reads the environment.
bool WantsColour(const std::string& when, int fd);
// The columns of the terminal at `fd`, else COLUMNS, else 80. tty_ioctl(4).
int WidthOf(int fd);

}  // namespace plumbline::report
