// SPDX-License-Identifier: MIT
// What a report says that is in no grade: when and where it is made. A value, so that reports stay
// functions.
#pragma once

#include <chrono>
#include <map>
#include <string>

namespace plumbline::report {

struct Around {
  std::chrono::sys_seconds now{};
  // A word that nobody can guess: what a submission wrote may be anything, but not this.
  std::string token;
  // The folder of the submission, as seen from where the report is read; empty: it is the same.
  std::string folder = {};
  std::map<std::string, std::string> environment = {};

  // "" if it is not set.
  std::string Variable(const std::string& name) const {
    const auto it = environment.find(name);
    return it == environment.end() ? "" : it->second;
  }
};

}  // namespace plumbline::report
