// SPDX-License-Identifier: MIT
// What ends a command before its time, and the exit statuses of the program.
#pragma once

#include <expected>
#include <string>

#include "base/error.h"

namespace plumbline::cli {

enum class Exit : int {
  kPassed = 0,
  kBelow = 1,    // graded, below the passing grade
  kUsage = 2,    // the command line, the submission's form or the exercise is wrong
  kMachine = 3,  // the machine or the grader failed: no grade is given
  kInterrupted = 130,
};

// Why a command cannot go on: `text` is ready for standard error (without a last newline).
struct Stop {
  int status = static_cast<int>(Exit::kMachine);
  std::string text;

  Stop(Exit exit, std::string why) : status(static_cast<int>(exit)), text(std::move(why)) {}
  // By signal, as shells count: 128 and its number.
  static Stop By(int signal) {
    Stop stop(Exit::kInterrupted, {});
    stop.status = 128 + signal;
    return stop;
  }
  // A failure of the machine, with what to do about it.
  Stop(const Error& error);  // NOLINT(google-explicit-constructor): TRY passes errors on
};

template <typename T>
using Outcome = std::expected<T, Stop>;

// "plumbline: MESSAGE" and the hint on a line of its own.
std::string Complaint(const Error& error);
std::unexpected<Stop> Refuse(std::string message, std::string hint = {});

}  // namespace plumbline::cli
