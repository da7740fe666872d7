// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <cerrno>
#include <system_error>

namespace plumbline {

std::string Error::ToString() const { return hint.empty() ? message : message + " (" + hint + ")"; }

std::unexpected<Error> ErrnoError(std::string_view what, int code) {
  if (code == 0) code = errno;
  return std::unexpected(
      Error{std::string(what) + ": " + std::generic_category().message(code), {}, code});
}

std::unexpected<Error> Fail(std::string message, std::string hint) {
  return std::unexpected(Error{std::move(message), std::move(hint), 0});
}

}  // namespace plumbline
