// SPDX-License-Identifier: MIT
// Failures of the machine or of the grader itself. A student's mistake is a finding, a teacher's
// a diagnostic; neither is ever an Error.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace plumbline {

// What went wrong, with what, and what the reader can do. `code` is an errno value or 0.
struct Error {
  std::string message;
  std::string hint = {};
  int code = 0;

  // "message (hint)" for a line in a log or on a terminal.
  std::string ToString() const;
};

template <typename T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

// The one place where errno becomes an Error: "open /etc/x: No such file or directory".
// Uses the current errno unless `code` is given.
std::unexpected<Error> ErrnoError(std::string_view what, int code = 0);

std::unexpected<Error> Fail(std::string message, std::string hint = {});

}  // namespace plumbline

// TRY(expr): returns the error of a Result from the enclosing function, else goes on.
// TRY_ASSIGN(T x, expr): the same, and x gets the value.
#define PLUMBLINE_CONCAT_(a, b) a##b
#define PLUMBLINE_CONCAT(a, b) PLUMBLINE_CONCAT_(a, b)
#define TRY(expr)                                              \
  do {                                                         \
    if (auto&& try_result_ = (expr); !try_result_.has_value()) \
      return std::unexpected(std::move(try_result_).error());  \
  } while (false)
#define TRY_ASSIGN(target, expr) TRY_ASSIGN_(target, expr, PLUMBLINE_CONCAT(try_value_, __LINE__))
#define TRY_ASSIGN_(target, expr, value)                                    \
  auto value = (expr);                                                      \
  if (!value.has_value()) return std::unexpected(std::move(value).error()); \
  target = std::move(*value)
