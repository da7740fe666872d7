// SPDX-License-Identifier: MIT
// Waits for ends and for readable descriptors in an io_context, and believes neither unseen.
//
// Asio gives the state of a closed descriptor to the next one that is opened, also where news of
// the closed one has been read from epoll(7) and is yet to be told: then the next one gets it. And
// Process v2 of Boost 1.81 answers news of an end with a waitpid(2) that waits: for ever, if it was
// another's.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>

#include "base/error.h"

namespace plumbline::cli {

// Whether a read would not wait: bytes, a packet, or the end of file.
bool IsReadable(int fd);

// Waits for the end of a child, which is near; its wait status, or 0 if somebody else reaped it.
int Reap(pid_t child);

// The end of a child of this process.
class ChildEnd {
 public:
  // REQUIRES: `child` was not reaped.
  static Result<ChildEnd> Of(boost::asio::io_context& io, pid_t child);

  // Calls `ended` once, from the io_context, with what waitpid(2) says of it; with nothing if
  // somebody else reaped it. Never, if the value and all copies of it are gone before that.
  void Await(std::function<void(std::optional<int> wait_status)> ended) const;

 private:
  using Descriptor = boost::asio::posix::stream_descriptor;
  ChildEnd(pid_t child, std::shared_ptr<Descriptor> end) : child_(child), end_(std::move(end)) {}
  pid_t child_;
  std::shared_ptr<Descriptor> end_;
};

}  // namespace plumbline::cli
