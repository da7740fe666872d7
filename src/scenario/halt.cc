// SPDX-License-Identifier: MIT
#include "scenario/halt.h"

#include <cerrno>
#include <utility>

#include "base/errno_names.h"
#include "record/instead.h"

namespace plumbline::scenario {

namespace instead = record::instead;

std::unexpected<Halt> Impossible(std::string instead) {
  return std::unexpected(
      Halt{.why = Halt::Why::kImpossible, .instead = std::move(instead), .error = {}});
}

std::unexpected<Halt> Over() { return std::unexpected(Halt{.why = Halt::Why::kOver}); }

std::unexpected<Halt> Failed(Error error) {
  return std::unexpected(Halt{.why = Halt::Why::kFailed, .instead = {}, .error = std::move(error)});
}

std::unexpected<Halt> Refused(const Error& error) {
  switch (error.code) {
    case 0:
    case EPIPE:  // init is gone
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return Failed(error);
    case ENOENT:
    case ENOTDIR:
      return Impossible(instead::kNoFile);
    case EISDIR:
    case EINVAL:
    case ELOOP:
    case EPROTOTYPE:
      return Impossible(instead::kOtherKind);
    case ECONNREFUSED:
      return Impossible(instead::kRefused);
    case ECONNRESET:
      return Impossible(instead::kReset);
    case ENXIO:
      return Impossible(instead::kNoReader);
    case EAGAIN:
      return Impossible(instead::kQueueFull);
    default:
      return Impossible(ErrnoName(error.code));
  }
}

std::string Quoted(const std::string& bytes) {
  constexpr size_t kMost = 200;
  return "\"" + bytes.substr(0, kMost) + "\"";
}

}  // namespace plumbline::scenario
